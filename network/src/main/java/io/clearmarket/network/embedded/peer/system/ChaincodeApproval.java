package io.clearmarket.network.embedded.peer.system;

/**
 * A definition that an organisation's peer agrees to.
 *
 * @param policy signature policy text, or the path of a channel policy
 */
public record ChaincodeApproval(String name, String version, String policy) {}
