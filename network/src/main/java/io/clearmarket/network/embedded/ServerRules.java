package io.clearmarket.network.embedded;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * A chaincode server belongs to one peer: the shim keeps one connection's state in a field, and loses calls when two peers connect. One
 * peer may call it for several channels. Where the peer listens, any number of its chaincodes may dial it.
 */
final class ServerRules {
    private final Map<String, String> ownerByAddress = new HashMap<>();

    /** @throws IllegalArgumentException if a server is for no peer of the channel, or another peer's already */
    void require(ChaincodeConfig chaincode, Collection<String> peers) {
        chaincode.servers().forEach((peer, address) -> {
            if (!peers.contains(peer)) {
                throw new IllegalArgumentException(
                        "chaincode " + chaincode.name() + " has a server for " + peer + ", which runs no peer here");
            }
            String owner = chaincode.dialsPeer() ? peer + " itself" : peer + " as " + chaincode.packageId();
            String other = ownerByAddress.putIfAbsent(address, owner);
            if (other != null && !other.equals(owner)) {
                throw new IllegalArgumentException("chaincode " + chaincode.name()
                        + " has one server for several peers: the shim loses calls then, give each its own ("
                        + address + " is for " + other + ")");
            }
        });
    }
}
