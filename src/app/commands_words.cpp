#include "app/commands_words.h"

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "text/nearest.h"

namespace stafett::app {
namespace {

std::string before(std::string_view said, std::string_view sign) {
  return std::string(said.substr(0, said.find(sign)));
}
std::string after(std::string_view said, std::string_view sign) {
  const auto at = said.find(sign);
  return at == said.npos ? std::string() : std::string(said.substr(at + sign.size()));
}

template <class Kind>
bool is(const CLI::ParseError& fault) {
  return dynamic_cast<const Kind*>(&fault) != nullptr;
}

Message no_such_command(const CLI::App& program, const std::string& word) {
  const auto commands = program.get_subcommands([](const CLI::App*) { return true; });
  std::vector<std::string_view> names;
  for (const auto* command : commands) names.push_back(command->get_name());
  if (const auto meant = text::nearest(word, names))
    return {"There is no command “{1}”. Did you mean {2}?", word, std::string(*meant)};
  return {"There is no command “{1}”.", word};
}

}  // namespace

void speak_swedish(CLI::App& program) {
  for (const auto& [english, swedish] : {std::pair{"Usage", "Skrivs"},
                                         {"OPTIONS", "VAL"},
                                         {"SUBCOMMAND", "KOMMANDO"},
                                         {"Positionals", "Uppgifter"},
                                         {"REQUIRED", "(krävs)"},
                                         {"Env", "miljövariabel"},
                                         {"Excludes", "inte med"},
                                         {"INT", "TAL"},
                                         {"UINT", "TAL"}})
    program.get_formatter()->label(english, swedish);
  auto all = program.get_subcommands([](CLI::App*) { return true; });
  for (auto* command : all) command->group("Kommandon");
  all.push_back(&program);
  for (auto* command : all) {
    command->get_help_ptr()->description("visar den här hjälpen");
    for (auto* option : command->get_options())
      if (option->get_group() == "Options") option->group("Val");
  }
}

Message told(const CLI::App& program, const CLI::ParseError& fault) {
  const std::string said = fault.what();
  if (is<CLI::RequiredError>(fault) && said.starts_with("A subcommand")) {
    const auto words = program.remaining();
    return words.empty() ? Message{"Say what is to be done."} : no_such_command(program, words.front());
  }
  if (is<CLI::RequiredError>(fault)) return {"{1} is missing.", before(said, " is required")};
  if (is<CLI::ExtrasError>(fault)) return {"This is too much: {1}", after(said, ": ")};
  if (is<CLI::ArgumentMismatch>(fault)) return {"Write something after {1}.", before(said, ":")};
  if (is<CLI::ConversionError>(fault)) return {"{1} is not a number.", after(said, ": ")};
  if (is<CLI::ExcludesError>(fault))
    return {"{1} and {2} cannot stand together.", before(said, " excludes "), after(said, " excludes ")};
  if (is<CLI::ValidationError>(fault) && said.find(" not in {") != said.npos)
    return {"“{1}” is none of those there are: {2}", before(after(said, ": "), " not in {"),
            before(after(said, " not in {"), "}")};
  return {"{1}", said};
}

}  // namespace stafett::app
