/** System chaincodes: qscc, cscc and the read side of _lifecycle. */
@NullMarked
package io.clearmarket.network.embedded.peer.system;

import org.jspecify.annotations.NullMarked;
