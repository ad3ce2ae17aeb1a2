/**
 * The chaincode that the conformance suite calls: one thing done with the stub per function, once over the bare shim and
 * once over the contract API. On no class path but its own.
 */
@NullMarked
package io.clearmarket.network.conformance.chaincode;

import org.jspecify.annotations.NullMarked;
