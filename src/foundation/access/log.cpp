#include "access/log.h"

namespace stafett::access {

void write(db::Transaction& tx, const Entry& entry) {
  tx.execute(R"(
    insert into access_log (id, chain_id, at, account_id, organisation_id, unit_id, session, action, participant_id,
                            object, kinds, purpose, allowed, rule, consent_id)
    values (:id, :chain, :at, :account, :organisation, :unit, :session, :action, :participant,
            :object, :kinds, :purpose, :allowed, :rule, :consent))",
             {{"id", new_key()},
              {"chain", entry.chain},
              {"at", entry.at},
              {"account", entry.account},
              {"organisation", entry.organisation},
              {"unit", entry.unit},
              {"session", entry.session},
              {"action", actions.of(entry.action)},
              {"participant", entry.participant},
              {"object", entry.object},
              {"kinds", entry.kinds.bits()},
              {"purpose", purposes.of(entry.purpose)},
              {"allowed", entry.allowed},
              {"rule", rules.of(entry.rule)},
              {"consent", entry.consent}});
}

}  // namespace stafett::access
