// Files that whoever wrote them cannot read again (förseglade filer): sealed for a public key
// (access/backup_key.h), so that neither a thief of the file nor the machine that made it can open it. In
// pieces, never whole in memory.
//
//   sealed file = mark 15 | version 1 | sealed box 80 | header 24 | pieces
//   sealed box  = the file's own key, made for it alone and sealed for the public key (X25519)
//   piece       = at most 64 KiB and 17 bytes more, XChaCha20-Poly1305 (libsodium's secretstream): each is
//                 bound to those before it, and the last says that it is the last
//
// That a file opens shows that it is as it was sealed, not who sealed it: the public key is no secret. What
// was restored is held against the access log's key and its checkpoints (stafett verify --checkpoints).
#pragma once

#include <string>

#include "access/backup_key.h"
#include "base/pieces.h"
#include "base/result.h"

namespace stafett::access {

// A new file, whole or not at all, with what is given sealed in it.
Result<> seal_file(const std::string& file, const PublicKey&, const Give&);
// Whether a file begins as they do.
bool is_sealed(const std::string& file);
// Gives what was sealed. A Problem if the file is not as it was sealed, wherever that shows: what was taken
// before is then not to be used.
Result<> unseal_file(const std::string& file, const PrivateKey&, const Take&);

}  // namespace stafett::access
