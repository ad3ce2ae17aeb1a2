package io.clearmarket.gateway.proof;

/**
 * The policy that this market's own pages pin for the proofs they verify.
 *
 * @param text C2SP tlog-policy
 */
public record PinnedPolicy(String text) {}
