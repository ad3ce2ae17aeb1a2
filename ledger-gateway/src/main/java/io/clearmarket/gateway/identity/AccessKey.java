package io.clearmarket.gateway.identity;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A key that somebody's server uses instead of a token; the secret itself is nowhere kept.
 *
 * @param label its owner's name for it
 * @param readOnly true if it may change nothing
 * @param scopes names of what it opens
 * @param expiresAt from then on it is refused
 */
public record AccessKey(
        UUID id, String label, boolean readOnly, List<String> scopes, Instant createdAt, Instant expiresAt) {}
