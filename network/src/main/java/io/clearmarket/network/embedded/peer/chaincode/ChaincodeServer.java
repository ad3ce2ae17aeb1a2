package io.clearmarket.network.embedded.peer.chaincode;

/**
 * Where a peer finds a chaincode that runs as a service.
 *
 * @param name chaincode's name on the channel
 * @param packageId what the server must register as
 * @param address {@code host:port}, dialled without TLS
 */
public record ChaincodeServer(String name, String packageId, String address) {}
