/** Block delivery: full, filtered, with (empty) private data. */
@NullMarked
package io.clearmarket.network.embedded.peer.deliver;

import org.jspecify.annotations.NullMarked;
