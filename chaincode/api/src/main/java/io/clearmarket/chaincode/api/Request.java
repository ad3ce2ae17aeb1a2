package io.clearmarket.chaincode.api;

/**
 * What goes to the chaincode under an id of the signer's own: one command, or several in one transaction. On the wire a Fabric
 * invocation with two arguments: the name ({@link CommandName}) and the RFC 8785 JSON.
 */
public sealed interface Request permits Command, Batch {
    /** The signer's own id for it. */
    CommandId commandId();
}
