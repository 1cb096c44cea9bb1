#include "participant/identity.h"

namespace stafett::participant {
namespace {

using access::DataKey;

struct Field {
  std::string_view column;
  std::string Identity::*text;
};
constexpr Field fields[] = {{"personal_number", &Identity::personal_number},
                            {"name", &Identity::name},
                            {"phone", &Identity::phone},
                            {"address", &Identity::address},
                            {"email", &Identity::email}};

std::string sealed(const DataKey& key, const Id<Participant>& id, const Identity& identity,
                   std::string_view column) {
  for (const auto& field : fields)
    if (field.column == column && !(identity.*field.text).empty())
      return access::seal(key, {"identity", column, id.text}, identity.*field.text);
  return {};
}

// One that is not there yet, with nothing in it.
void make_room(db::Transaction& tx, const Id<Participant>& id, const Id<organisation::Organisation>& owner) {
  tx.execute(R"(
    insert into identity (participant_id, owner_id, number_mark, personal_number, name, phone, address, email)
    values (:id, :owner, null, '', '', '', '', '')
    on conflict (participant_id) do nothing)",
             {{"id", id}, {"owner", owner}});
}

void keep_number(db::Transaction& tx, const Id<Participant>& id, const Id<organisation::Organisation>& owner,
                 const DataKey& of_organisation, std::string_view number, Moment now) {
  const auto key = access::data_key_or_new(tx, owner, id, now);
  make_room(tx, id, owner);
  tx.execute("update identity set personal_number = :sealed, number_mark = :mark where participant_id = :id",
             {{"sealed", access::seal(key, {"identity", "personal_number", id.text}, number)},
              {"mark", access::number_mark(of_organisation, number)},
              {"id", id}});
}

std::size_t seal_numbers(db::Transaction& tx, std::size_t most, Moment now) {
  struct Plain {
    Id<Participant> id;
    Id<organisation::Organisation> owner;
    std::string number;
  };
  const auto from_row = [](const db::Row& row) {
    return Plain{row.id<Participant>("id"), row.id<organisation::Organisation>("owner_id"),
                 row.text("personal_number")};
  };
  const auto plain = tx.list(from_row, R"(
    select id, owner_id, personal_number from participant where personal_number is not null limit :most)",
                             {{"most", most}});
  for (const auto& one : plain) {
    const auto key = access::data_key_or_new(tx, one.owner, {}, now);
    if (!one.number.empty()) keep_number(tx, one.id, one.owner, key, one.number, now);
    tx.execute("update participant set personal_number = null where id = :id", {{"id", one.id}});
  }
  return plain.size();
}

}  // namespace

Result<Identity> checked(Identity identity, Date today) {
  if (!identity.personal_number.empty()) {
    const auto twelve = personal_number(identity.personal_number, today);
    if (!twelve) return invalid("personal_number", "The personal number does not hold. Check its digits.");
    identity.personal_number = *twelve;
  }
  if (!identity.email.empty() && identity.email.find('@') == identity.email.npos)
    return invalid("email", "That is no e-mail address. It has an @ in it.");
  for (const auto& field : fields)
    if ((identity.*field.text).size() > 500)
      return invalid(std::string(field.column), "The text is too long. Write at most 500 characters.");
  return identity;
}

Identity identity_of(db::Transaction& tx, const access::Permit& permit) {
  Identity identity;
  if (!permit.covers(permit.owner(), access::Kind::contact)) return identity;
  const auto& id = permit.participant();
  const auto from_row = [](const db::Row& row) {
    return Identity{row.text("personal_number"), row.text("name"), row.text("phone"), row.text("address"),
                    row.text("email")};
  };
  auto kept = tx.find(from_row, R"(
    select personal_number, name, phone, address, email from identity where participant_id = :id)",
                      {{"id", id}});
  if (!kept || kept->is_empty()) return identity;
  const auto key = access::data_key(tx, permit.owner(), id);
  if (!key) return identity;
  for (const auto& field : fields)
    if (const auto& text = *kept.*field.text; !text.empty())
      identity.*field.text = access::unseal(*key, {"identity", field.column, id.text}, text);
  return identity;
}

Result<> keep_identity(db::Transaction& tx, const access::Permit& permit, const Identity& identity) {
  if (permit.action() != access::Action::write || !permit.covers(permit.owner(), access::Kind::contact))
    return forbidden("You may not change the contact details of this participant.");
  const auto& id = permit.participant();
  const auto key = access::data_key_or_new(tx, permit.owner(), id, permit.at());
  std::optional<std::string> mark;
  if (!identity.personal_number.empty())
    mark = access::number_mark(access::data_key_or_new(tx, permit.owner(), {}, permit.at()),
                               identity.personal_number);
  make_room(tx, id, permit.owner());
  tx.execute(R"(
    update identity
    set number_mark = :mark, personal_number = :personal_number, name = :name, phone = :phone, address = :address,
        email = :email
    where participant_id = :id)",
             {{"mark", mark},
              {"personal_number", sealed(key, id, identity, "personal_number")},
              {"name", sealed(key, id, identity, "name")},
              {"phone", sealed(key, id, identity, "phone")},
              {"address", sealed(key, id, identity, "address")},
              {"email", sealed(key, id, identity, "email")},
              {"id", id}});
  return {};
}

std::vector<Found> find_by_number(db::Transaction& tx, const access::User& user, std::string_view number,
                                  Moment now) {
  const auto key = access::data_key(tx, user.organisation);
  if (!key) return {};
  const auto from_row = [](const db::Row& row) {
    return Found{row.id<Participant>("id"), row.id<intervention::Intervention>("intervention_id"),
                 row.text("code")};
  };
  auto found = tx.list(from_row, R"(
    select id, intervention_id, code
    from identity
    join participant on participant.id = identity.participant_id
    where identity.owner_id = :owner and number_mark = :mark and erased_at is null)",
                       {{"owner", user.organisation}, {"mark", access::number_mark(*key, number)}});
  std::erase_if(found, [&](const Found& one) {
    const auto permit = access::admit(tx, user, {.participant = one.id, .object = "found by number"}, now);
    return !permit || !permit->covers(permit->owner(), access::Kind::contact);
  });
  return found;
}

std::string Numbers::mark_of(std::string_view number, bool may_make_key) {
  if (!key_) {
    auto known = access::data_key(tx_, scope_.owner());
    if (!known && !may_make_key) return {};
    key_.emplace(known ? std::move(*known) : access::data_key_or_new(tx_, scope_.owner(), {}, scope_.at()));
  }
  return access::number_mark(*key_, number);
}

void Numbers::keep(const Id<Participant>& id, std::string_view number) {
  mark_of(number, true);
  keep_number(tx_, id, scope_.owner(), *key_, number, scope_.at());
}

std::optional<int> birth_day(db::Transaction& tx, const Id<organisation::Organisation>& owner, const Id<Participant>& id) {
  const auto sealed = tx.find([](const db::Row& row) { return row.text("personal_number"); },
                              "select personal_number from identity where participant_id = :id", {{"id", id}});
  if (!sealed || sealed->empty()) return std::nullopt;
  const auto key = access::data_key(tx, owner, id);
  if (!key) return std::nullopt;
  const auto number = access::unseal(*key, {"identity", "personal_number", id.text}, *sealed);
  const int day = std::stoi(number.substr(6, 2));
  return day > 60 ? day - 60 : day;  // a coordination number
}

std::vector<std::string> erase_identity(db::Transaction& tx, const access::Permit& permit) {
  const bool is_for_this = permit.action() == access::Action::erase || permit.action() == access::Action::protect;
  if (!is_for_this || permit.asker() != permit.owner())
    throw std::logic_error("a permit for something else");
  const auto& id = permit.participant();
  std::vector<std::string> texts;
  const auto key = access::data_key(tx, permit.owner(), id);
  tx.each(R"(
    select number_mark, personal_number, name, phone, address, email from identity where participant_id = :id)",
          {{"id", id}}, [&](const db::Row& row) {
            if (row.has("number_mark")) texts.push_back(row.text("number_mark"));
            for (const auto& field : fields) {
              const auto text = row.text(field.column);
              if (text.empty() || !key) continue;
              texts.push_back(access::unseal(*key, {"identity", field.column, id.text}, text));
              texts.push_back(text);
            }
          });
  tx.execute("delete from identity where participant_id = :id", {{"id", id}});
  return texts;
}

std::vector<std::string> erase(db::Transaction& tx, const access::Permit& permit) {
  auto texts = erase_identity(tx, permit);
  tx.changed("participant");
  tx.execute("delete from former_mark where participant_id = :id", {{"id", permit.participant()}});
  tx.execute("update participant set code = id, personal_number = null, erased_at = :now where id = :id",
             {{"now", permit.at()}, {"id", permit.participant()}});
  return texts;
}

const access::InClear numbers_in_clear{"numbers in clear", "participant", seal_numbers};

}  // namespace stafett::participant
