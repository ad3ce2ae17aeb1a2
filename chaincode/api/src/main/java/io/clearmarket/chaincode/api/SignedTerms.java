package io.clearmarket.chaincode.api;

/**
 * Terms with both parties' signatures.
 *
 * @param buyerSignature base64 of DER, low-S, ECDSA P-256 over SHA-256 of {@link Terms#canonicalBytes()}
 * @param merchantSignature likewise
 */
public record SignedTerms(Terms terms, String buyerSignature, String merchantSignature) {}
