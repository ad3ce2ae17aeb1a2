package io.clearmarket.chaincode.api;

/**
 * Why a command was refused; nothing was written. As a chaincode response: status 400, message = the JSON of this record.
 *
 * @param code stable, see {@link RefusalCode}
 * @param message what was wrong, with which value, and what would be right
 */
public record Refusal(RefusalCode code, String message) {}
