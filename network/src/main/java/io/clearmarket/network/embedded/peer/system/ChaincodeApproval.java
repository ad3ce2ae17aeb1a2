package io.clearmarket.network.embedded.peer.system;

import io.clearmarket.network.embedded.ledger.Definition;

/**
 * A definition that an organisation's peer agrees to.
 *
 * @param definition at whatever sequence
 */
public record ChaincodeApproval(String name, Definition definition) {}
