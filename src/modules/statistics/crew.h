// Two hands for long counting: a second thread that sleeps until there is work to share.
#pragma once

#include <cstddef>
#include <functional>

namespace stafett::statistics {

// Calls work(part, begin, end) for the two halves of 0…n at once; alone, with everything as part 0, when
// there is little to do or the other thread is busy with another question. What `work` throws is thrown on.
void share(std::size_t n, std::size_t worth_sharing,
           const std::function<void(int part, std::size_t, std::size_t)>& work);

}  // namespace stafett::statistics
