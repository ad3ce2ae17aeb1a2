package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Role;
import io.clearmarket.wallet.identity.PartyId;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as the certificate that signed the transaction says; the ledger's own membership check has accepted it.
 *
 * @param mspId the organisation that issued the certificate
 * @param role what the certificate's attribute {@link Role#ATTRIBUTE} says, if anything
 * @param certificate PEM
 * @param publicKey base64 of the SubjectPublicKeyInfo DER
 */
public record Asker(PartyId party, String mspId, @Nullable Role role, String certificate, String publicKey) {}
