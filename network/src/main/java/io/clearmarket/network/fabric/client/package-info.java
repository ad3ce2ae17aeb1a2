/** The network's own calls to peers and orderers, over Fabric's gRPC services and the orderer's participation API. */
@NullMarked
package io.clearmarket.network.fabric.client;

import org.jspecify.annotations.NullMarked;
