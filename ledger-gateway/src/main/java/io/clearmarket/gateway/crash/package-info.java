/**
 * Replays the same orders twice, once with the gateway killed again and again, and compares what both ledgers say afterwards.
 */
@NullMarked
package io.clearmarket.gateway.crash;

import org.jspecify.annotations.NullMarked;
