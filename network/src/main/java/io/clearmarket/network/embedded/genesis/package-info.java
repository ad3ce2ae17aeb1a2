/** How a channel begins: its configuration as block 0, and the agreement on its chaincodes. */
@NullMarked
package io.clearmarket.network.embedded.genesis;

import org.jspecify.annotations.NullMarked;
