// What the pages about reports and their forms share.
#pragma once

#include "report/report.h"

namespace stafett::web {
class Router;
}

namespace stafett::report {

inline constexpr const char* word_type =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

inline std::string address_of(const Id<Report>& id) { return "/reports/" + id.text; }
inline std::string address_of(const Id<Form>& id) { return "/report-forms/" + id.text; }
inline View place(Message label, std::string address) {
  return {{"label", std::move(label)}, {"address", std::move(address)}};
}

void choice_routes(web::Router&);  // /reports/new and what a report is about
void form_routes(web::Router&);    // /report-forms

}  // namespace stafett::report
