/** Checks a proposal, runs the chaincode, signs what came out. */
@NullMarked
package io.clearmarket.network.embedded.peer.endorser;

import org.jspecify.annotations.NullMarked;
