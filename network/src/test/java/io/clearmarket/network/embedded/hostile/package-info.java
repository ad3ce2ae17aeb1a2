/** What strangers may send to the network's doors: hostile bytes, too many calls, readers that do not read. */
@NullMarked
package io.clearmarket.network.embedded.hostile;

import org.jspecify.annotations.NullMarked;
