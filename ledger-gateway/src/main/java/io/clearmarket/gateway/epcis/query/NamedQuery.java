package io.clearmarket.gateway.epcis.query;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * A query that has a name.
 *
 * @param owner who made it, and alone may delete it
 * @param query its parameters
 */
record NamedQuery(
        String name,
        @JsonIgnore String owner,
        JsonNode query,
        @JsonIgnore Instant createdAt) {}
