package io.clearmarket.gateway.epcis.query;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whoever wants a named query's new events sent. What it is signed with is never shown.
 *
 * @param stream true to be told as soon as there is something; else the schedule says when
 * @param told the newest event that has been told
 */
record Subscription(
        @JsonProperty("subscriptionID") String id,
        String queryName,
        @JsonIgnore String owner,
        URI dest,
        @JsonIgnore String signatureToken,
        boolean stream,
        @Nullable JsonNode schedule,
        boolean reportIfEmpty,
        @Nullable Instant initialRecordTime,
        Instant createdAt,
        @JsonIgnore long told,
        @JsonProperty("lastNotifiedAt") @Nullable Instant notifiedAt,
        @JsonIgnore Instant dueAt,
        @JsonIgnore int failures) {}
