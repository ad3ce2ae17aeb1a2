/** Chaincode's way onto a channel of a real Fabric network: package, install, approve, commit. */
@NullMarked
package io.clearmarket.network.fabric.lifecycle;

import org.jspecify.annotations.NullMarked;
