/** One organisation's peer: its ledger, its notifications, its doors. */
@NullMarked
package io.clearmarket.network.embedded.peer;

import org.jspecify.annotations.NullMarked;
