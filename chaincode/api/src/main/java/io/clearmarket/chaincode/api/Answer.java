package io.clearmarket.chaincode.api;

/**
 * What the chaincode answers to a command that took effect, as the payload of a response of status 200.
 *
 * @param event what happened, the same whenever the command is repeated
 * @param repeated true if the command took effect in an earlier transaction; this one wrote nothing
 */
public record Answer(DomainEvent event, boolean repeated) {}
