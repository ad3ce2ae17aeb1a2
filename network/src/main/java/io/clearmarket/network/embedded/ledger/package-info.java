/** One peer's copy of one channel: blocks, world state, history, simulation, validation and commit. */
@NullMarked
package io.clearmarket.network.embedded.ledger;

import org.jspecify.annotations.NullMarked;
