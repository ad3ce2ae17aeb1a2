package io.clearmarket.network.embedded.peer.chaincode;

/**
 * Where a peer and a chaincode meet.
 *
 * @param name chaincode's name on the channel
 * @param packageId what the chaincode must register as
 * @param address {@code host:port}, dialled without TLS
 * @param dialsPeer whether the peer listens there and the chaincode dials, in place of the other way round
 */
public record ChaincodeServer(String name, String packageId, String address, boolean dialsPeer) {}
