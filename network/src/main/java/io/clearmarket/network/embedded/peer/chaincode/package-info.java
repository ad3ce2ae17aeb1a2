/** The peer's side of the chaincode shim protocol. */
@NullMarked
package io.clearmarket.network.embedded.peer.chaincode;

import org.jspecify.annotations.NullMarked;
