// What a browser's own authenticator (Chromium's virtual one) said at http://localhost:9090 when it made a
// key for the challenge 32 × 7 and used it for 32 × 9 and 32 × 10, in base64url: ES256, RS256, and one that
// verified nobody.
#pragma once

namespace stafett::recorded {

struct Use {
  const char *challenge, *client_data, *data, *signature;
};
struct Key {
  const char *credential, *challenge, *client_data, *attestation;
  Use first, second;
};

inline constexpr Key es256{
    "qCbHK6mI1TFjjTPqMyG8jBcF6d-hh-CKhn_KtrN2sdg",
    "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc",
    "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiQndjSEJ3Y0hCd2NIQndjSEJ3Y0hCd2NIQndjSE"
    "J3Y0hCd2NIQndjSEJ3YyIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6OTA5MCIsImNyb3NzT3JpZ2luIjpmYWxz"
    "ZX0",
    "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVikSZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAQ"
    "AAAAAAAAAAAAAAAAAAAAAAIKgmxyupiNUxY40z6jMhvIwXBenfoYfgioZ_yrazdrHYpQECAyYgASFYIHe__2wf-k33"
    "r1O1WK1AtEWrBK7-bG6hCTL6dlZOluMEIlgg8fPMD76EnwqwDDG8o6Ev1ohvSb0wyDVHsMaNKp2kGPg",
    {"CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk",
     "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQ1FrSkNRa0pDUWtKQ1FrSkNRa0pDUWtKQ1FrSkNRa0"
     "pDUWtKQ1FrSkNRayIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6OTA5MCIsImNyb3NzT3JpZ2luIjpmYWxzZSwi"
     "b3RoZXJfa2V5c19jYW5fYmVfYWRkZWRfaGVyZSI6ImRvIG5vdCBjb21wYXJlIGNsaWVudERhdGFKU09OIGFnYWluc3"
     "QgYSB0ZW1wbGF0ZS4gU2VlIGh0dHBzOi8vZ29vLmdsL3lhYlBleCJ9",
     "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAg",
     "MEQCIADkHdNmT0oabG62z1XHiP08Kocm_abUWjP2c0d0GSbGAiAs8WbQQbYi-GrHbEupcMkVpZ8noKcALkjxHl8B9U"
     "d5bg"},
    {"CgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgo",
     "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQ2dvS0Nnb0tDZ29LQ2dvS0Nnb0tDZ29LQ2dvS0Nnb0"
     "tDZ29LQ2dvS0NnbyIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6OTA5MCIsImNyb3NzT3JpZ2luIjpmYWxzZSwi"
     "b3RoZXJfa2V5c19jYW5fYmVfYWRkZWRfaGVyZSI6ImRvIG5vdCBjb21wYXJlIGNsaWVudERhdGFKU09OIGFnYWluc3"
     "QgYSB0ZW1wbGF0ZS4gU2VlIGh0dHBzOi8vZ29vLmdsL3lhYlBleCJ9",
     "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAw",
     "MEUCIQCTszeswA2YB44-cdkdZe7pzrTVmtMJbeMfk4Ii7DAeUgIgWRc2kC9zG7gIS3VEgMHBr4nSNv04iURhmC11C7"
     "ildYw"}};

inline constexpr Key rs256{
    "emgAzbjhP8Tt4Yr3U7l646k_KkUeGurb9jJ6G6ymXsw",
    "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc",
    "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiQndjSEJ3Y0hCd2NIQndjSEJ3Y0hCd2NIQndjSE"
    "J3Y0hCd2NIQndjSEJ3YyIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6OTA5MCIsImNyb3NzT3JpZ2luIjpmYWxz"
    "ZX0",
    "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVkBZ0mWDeWIDoxodDQXD2R2YFuP5K65ooYyx5lc87qDHZdjRQAAAA"
    "EAAAAAAAAAAAAAAAAAAAAAACB6aADNuOE_xO3hivdTuXrjqT8qRR4a6tv2MnobrKZezKQBAwM5AQAgWQEAubD3vdgb"
    "SEBX_65fO2OwphRfiRR9c-qkNGIgL4cG4WTsY9kwYg3usX7csStrs_9Rbe__1CHhEBI-2az4adQ0wcz_6DHZYPojLn"
    "r-1MLtUQW5_tWHLlMCh9Vx_5Q5z7bggQg2d5qTCkxghdIUdbxmrPDO7E-GS4ShJQhgzCDilxudttD8SQh9YEFLAJ6B"
    "8Ts_ExJwexXjC5qC9VjmXotL7WNbtl7V5B1W5Syypzdfz6CPQRvdgjb6q8jg7gtIqkW-b3Sr-tWCVViJoji3zZ7LvH"
    "YNbKK84v0pee6z6B3_D-ek_QCmx0pEMws_hP1SBW2InrTmhOGfMNe3F3ZpmLAi6SFDAQAB",
    {"CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk",
     "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQ1FrSkNRa0pDUWtKQ1FrSkNRa0pDUWtKQ1FrSkNRa0"
     "pDUWtKQ1FrSkNRayIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6OTA5MCIsImNyb3NzT3JpZ2luIjpmYWxzZX0",
     "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAg",
     "qHOy3Jwbj8KbiYoOFWIr6Myg1jqxYBfBqAAvn8xcYF3edQ9TRCkopelLIxOOasNfY_zlV1zEJwQkruxxaCe3gUbLqy"
     "Su-CgMVJc1AjV2_puJ3D-umq2oj8ptnafrARh06CxpWF1OugqKrVPNCc2xRE2QOrwjDrrCgxjyodafR4xZETfVGNuj"
     "Hy_DT0ppvrJtVMq6bHW78zycxHpG5bCW4-muapxcnvHiJ5yloela-nwOseQlhDgf2TpOPMHnWJOZCeS0DMxQlzHd_3"
     "6WXkT0yJzjALAf5PTHlJoJeFgEVTxdmch9pA8VbANOlAwDIfuB0NXa_iKLRwIG7wkC7Vw0dw"},
    {"CgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgo",
     "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQ2dvS0Nnb0tDZ29LQ2dvS0Nnb0tDZ29LQ2dvS0Nnb0"
     "tDZ29LQ2dvS0NnbyIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6OTA5MCIsImNyb3NzT3JpZ2luIjpmYWxzZX0",
     "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAw",
     "SW-OzETTP5gDY8j3SruV1uZexZHfydfRV-B5dhpLqY8TgVmKJoxvcFCgbfnfLz8v8bdQH0NVT0HRn0yFWLcPDrK0Yx"
     "fdnAzO3KNVj-CWM87psew14LUpQ1CTRo0vcencTGuLiz74pPGI5RpDn6GZGn1_RA8Iku62XRErE2N-ORFR-chWwDEF"
     "_DOLgi1TCq0oP6EP6KtNL0jxeRL0zfc_frkDgYZOt8gKmN1f7CJpKJ5ZHCLHuu1tVJzYKDfa4bl5Rhw5i3mOvlsWWS"
     "4Djt9DeP60lwoyePscx5rZl3ujM69TsHAmSsShRMbFBRwDSpVyvSIk84EViUck9mepRuAIcw"}};

inline constexpr Key unverified{
    "A8KGmalJ0kGh2LzmczSFDF4TmaAccEGYA1F5yV2KXzI",
    "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc",
    "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiQndjSEJ3Y0hCd2NIQndjSEJ3Y0hCd2NIQndjSE"
    "J3Y0hCd2NIQndjSEJ3YyIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6OTA5MCIsImNyb3NzT3JpZ2luIjpmYWxz"
    "ZX0",
    "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVikSZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NBAAAAAQ"
    "AAAAAAAAAAAAAAAAAAAAAAIAPChpmpSdJBodi85nM0hQxeE5mgHHBBmANRecldil8ypQECAyYgASFYIEBZqL4bU_9c"
    "2dC8piQVwYKP-5VAejHo2eeB7eXHFWE0Ilggkcf0eRjMQU4SJxb4FIo1GKR-2J4T0gALff6DhAdcoms",
    {"CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk",
     "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQ1FrSkNRa0pDUWtKQ1FrSkNRa0pDUWtKQ1FrSkNRa0"
     "pDUWtKQ1FrSkNRayIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6OTA5MCIsImNyb3NzT3JpZ2luIjpmYWxzZX0",
     "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MBAAAAAg",
     "MEUCIDSl2XJWjCPHHOLTRHJ2fQPXlad8KmZszYLqqmBZpvXiAiEA3Z54vxN9V5KXhYe75Yph_qfEZmFuR7KZDd36Va"
     "Li8E8"},
    {"CgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgo",
     "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQ2dvS0Nnb0tDZ29LQ2dvS0Nnb0tDZ29LQ2dvS0Nnb0"
     "tDZ29LQ2dvS0NnbyIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6OTA5MCIsImNyb3NzT3JpZ2luIjpmYWxzZX0",
     "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MBAAAAAw",
     "MEUCIQCppQ_FL2Nv0W71B3hSi537LJuZ7_9ihGrLGXu7P0_qdwIgFvvwn_yO_KOE9CU2AnPlxTYyzIRsau6n7bHNd5"
     "Wf0u8"}};

}  // namespace stafett::recorded
