#include "web/form.h"

#include <doctest/doctest.h>

namespace stafett::web {
namespace {

constexpr auto typed = "multipart/form-data; boundary=xx";

std::string part(const std::string& disposition, const std::string& content) {
  return "--xx\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
}

TEST_SUITE("form") {
  TEST_CASE("what was typed arrives as it was typed") {
    const auto form = read_urlencoded("namn=%C3%85sa+%26+Bo&mål=1&mål=2&tom=&bara").value();
    CHECK(form.field("namn") == "Åsa & Bo");
    CHECK(form.all("mål") == std::vector<std::string>{"1", "2"});
    CHECK(form.field("mål") == "1");
    CHECK(form.has("tom"));
    CHECK(form.has("bara"));
    CHECK_FALSE(form.has("annat"));
    CHECK(form.field("annat") == "");
    CHECK(read_urlencoded("").value().fields.empty());
  }

  TEST_CASE("what cannot be read in one way is refused") {
    for (const auto* wrong :
         {"a=%", "a=%4", "a=%zz", "%00=1", "a=%00", "a=%e5", "a=\xff", "=1", "a=1&=&b=2"}) {
      CAPTURE(wrong);
      const auto form = read_urlencoded(wrong);
      REQUIRE_FALSE(form);
      CHECK(form.error().kind == Problem::Kind::invalid);
    }
    CHECK_FALSE(read_urlencoded(std::string(201, 'a') + "=1"));
    CHECK(read_urlencoded(std::string(200, 'a') + "=1"));
  }

  TEST_CASE("a form has at most a thousand fields") {
    std::string text;
    for (int i = 0; i < 1000; ++i) text += "a=1&";
    CHECK(read_urlencoded(text).value().fields.size() == 1000);
    const auto too_many = read_urlencoded(text + "a=1");
    REQUIRE_FALSE(too_many);
    CHECK(too_many.error().message().arguments == std::vector<std::string>{"1000"});
  }

  TEST_CASE("a form with files brings them byte for byte") {
    const std::string bytes("PK\0\r\n--x\xff\r\n\r\n", 14);
    const auto body = part("name=\"insats\"", "Samverkan å\r\nrad 2") +
                      "--xx\r\nContent-Type: text/csv\r\ncontent-disposition: form-data; name=register; "
                      "filename=\"C:\\min %22fil%22 å.csv\"\r\n\r\n" +
                      bytes + "\r\n" + part("name=\"bilaga\"; filename=\"\"", "") + part("name=\"tom\"", "") +
                      "--xx--\r\n";
    const auto form = read_multipart(typed, body).value();
    CHECK(form.field("insats") == "Samverkan å\r\nrad 2");
    CHECK(form.has("tom"));
    REQUIRE(form.file("register") != nullptr);
    CHECK(form.file("register")->name == "C:\\min \"fil\" å.csv");
    CHECK(form.file("register")->bytes == bytes);
    CHECK(form.file("bilaga") == nullptr);
    CHECK_FALSE(form.has("register"));
  }

  TEST_CASE("a boundary may stand in quotes") {
    CHECK(read_multipart("Multipart/Form-Data; charset=utf-8; Boundary=\"x y\"",
                         "--x y\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x y--")
              .value()
              .field("a") == "1");
  }

  TEST_CASE("a form with files that breaks off or bends is refused whole") {
    const auto one = part("name=\"a\"", "1");
    const std::string wrong[] = {
        "",
        "--xx",
        "--xx--x",
        one,
        one + "--xx",
        one + "--xx-",
        one + "--xy--",
        one + "--xx--\r\nmore",
        "--xy" + one.substr(4) + "--xx--",
        "before\r\n" + one + "--xx--",
        "\r\n" + one + "--xx--",
        part("name=\"a\"", "1\r\n--xxy"),
        "--xx\r\n\r\n1\r\n--xx--",
        "--xx\r\nContent-Disposition: form-data; name=\"a\"\r\n--xx--",
        "--xx\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--xx--",
        "--xx\r\nContent-Type: text/plain\r\n\r\n1\r\n--xx--",
        part("name=\"a", "1") + "--xx--",
        part("name", "1") + "--xx--",
        part("name=\"\"", "1") + "--xx--",
        part("name=\"" + std::string(201, 'a') + "\"", "1") + "--xx--",
        part("name=\"a\"; name=\"b\"", "1") + "--xx--",
        part("filename=\"a\"", "1") + "--xx--",
        part("name=\"a\"; filename*=utf-8''a", "1") + "--xx--",
        part("name=\"a\"; filename=\"b\"; filename=\"c\"", "1") + "--xx--",
        part("name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"", "1") + "--xx--",
        part("name=\"a\"\r\nContent-Transfer-Encoding: base64", "MQ==") + "--xx--",
        part("name=\"a\"", "\xe5") + "--xx--",
        part("name=\"a\"", std::string(1, '\0')) + "--xx--",
        part("name=\"\xe5\"", "1") + "--xx--",
        part("name=\"a\"\r\nX: " + std::string(2048, 'x'), "1") + "--xx--",
    };
    for (const auto& body : wrong) {
      CAPTURE(body);
      CHECK_FALSE(read_multipart(typed, body));
    }
    for (const auto* type :
         {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"xx",
          "multipart/form-data; boundary=xx; boundary=yy", "multipart/form-data; boundary=x\xc3\xa5"})
      CHECK_FALSE(read_multipart(type, one + "--xx--"));
    CHECK_FALSE(read_multipart("multipart/form-data; boundary=" + std::string(71, 'x'), one + "--xx--"));
    CHECK_FALSE(read_multipart("multipart/form-data; boundary=",
                               "--\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n----"));
    CHECK(read_multipart(typed, one + "--xx--"));
  }

  TEST_CASE("a form with files has at most a hundred parts") {
    std::string body;
    for (int i = 0; i < 100; ++i) body += part("name=\"a\"", "1");
    CHECK(read_multipart(typed, body + "--xx--").value().fields.size() == 100);
    CHECK_FALSE(read_multipart(typed, body + part("name=\"a\"", "1") + "--xx--"));
  }

  TEST_CASE("a form is read by what it says that it is") {
    CHECK(read_form("application/x-www-form-urlencoded; charset=UTF-8", "a=1").value().field("a") == "1");
    CHECK(read_form(typed, part("name=\"a\"", "1") + "--xx--").value().field("a") == "1");
    CHECK(read_form("", "").value().fields.empty());
    CHECK_FALSE(read_form("", "a=1"));
    CHECK_FALSE(read_form("application/json", "{}"));
    CHECK_FALSE(read_form("text/plain", "a=1"));
  }

  TEST_CASE("a link can carry any text") {
    CHECK(urlencoded("åäö &=?/") == "%C3%A5%C3%A4%C3%B6%20%26%3D%3F%2F");
    CHECK(urlencoded("a-b.c_d~9") == "a-b.c_d~9");
    CHECK(unescaped(urlencoded("100 % av\r\n\"åäö\"")) == "100 % av\r\n\"åäö\"");
    CHECK(unescaped("a+b") == "a+b");
  }

  TEST_CASE("a cookie that somebody else may have set too is no cookie") {
    CHECK(cookie("a=1; __Host-sid=x=y; b=2", "__Host-sid") == "x=y");
    CHECK(cookie("a=1;b=2", "b") == "2");
    CHECK(cookie("a=1", "b") == "");
    CHECK(cookie("aa=1", "a") == "");
    CHECK(cookie("A=1", "a") == "");
    CHECK(cookie("", "a") == "");
    CHECK(cookie("sid=1; sid=2", "sid") == "");
    CHECK(cookie("sid=; sid=2", "sid") == "");
  }
}

}  // namespace
}  // namespace stafett::web
