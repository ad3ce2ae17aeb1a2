/** Requests for blocks, as peers and orderers take them: which blocks, by whom. */
@NullMarked
package io.clearmarket.network.embedded.seek;

import org.jspecify.annotations.NullMarked;
