package io.clearmarket.gateway.fabric;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What the network says of itself in {@code network.json}; paths in it are relative to the file.
 *
 * @param organizations those with a peer
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record NetworkFile(List<Organization> organizations) {
    NetworkFile {
        organizations = List.copyOf(organizations);
    }

    /**
     * An organisation and its peer.
     *
     * @param peer host:port
     * @param tlsCa PEM file of the TLS root
     * @param hostOverride the name in the peer's TLS certificate, where it isn't the host
     * @param reader MSP folder of a client identity that may read; absent where the configuration names one
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Organization(
            String mspId,
            String peer,
            String tlsCa,
            @Nullable String hostOverride,
            @Nullable String reader) {}

    static NetworkFile read(Path file) {
        try {
            return Json.MAPPER.readValue(Files.readString(file), NetworkFile.class);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    file + " (clearmarket.network-file) can't be read; is the network started?", e);
        } catch (JacksonException e) {
            throw new IllegalStateException(file + " is not a network file: " + e.getOriginalMessage(), e);
        }
    }

    Organization organization(String mspId) {
        return organizations.stream()
                .filter(organization -> organization.mspId().equals(mspId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the network has no organisation " + mspId));
    }
}
