package io.clearmarket.gateway.fabric;

/**
 * A peer that endorsed a transaction.
 *
 * @param mspId its organisation
 * @param name the common name of its certificate
 * @param certificate SHA-256 of the DER of its certificate, in hexadecimal
 */
public record Endorser(String mspId, String name, String certificate) {}
