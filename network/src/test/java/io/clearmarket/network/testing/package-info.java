/** Chaincode and helpers for the network's own tests. */
@NullMarked
package io.clearmarket.network.testing;

import org.jspecify.annotations.NullMarked;
