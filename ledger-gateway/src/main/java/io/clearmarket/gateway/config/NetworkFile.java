package io.clearmarket.gateway.config;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What the network says of itself in {@code network.json}; paths in it are absolute or relative to the file.
 *
 * @param organizations those with a peer
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record NetworkFile(List<Organization> organizations) {
    public NetworkFile {
        organizations = List.copyOf(organizations);
    }

    /**
     * An organisation and its peer.
     *
     * @param peerAddress host:port
     * @param tlsCaCertificate PEM file of the TLS root
     * @param hostOverride the name in the peer's TLS certificate, where it isn't the host
     * @param caDirectory folder of the organisation's development CA with its key; absent where that is kept elsewhere
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Organization(
            String mspId,
            @JsonAlias("peer") String peerAddress,
            @JsonAlias("tlsCa") String tlsCaCertificate,
            @Nullable String hostOverride,
            @Nullable String caDirectory) {}

    /**
     * Reads the file.
     *
     * @throws IllegalStateException if it is not a network file
     * @throws UncheckedIOException if it can't be read
     */
    public static NetworkFile read(Path file) {
        try {
            return Json.MAPPER.readValue(Files.readString(file), NetworkFile.class);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    file + " (clearmarket.network-file) can't be read; is the network started?", e);
        } catch (JacksonException e) {
            throw new IllegalStateException(file + " is not a network file: " + e.getOriginalMessage(), e);
        }
    }

    /** The organisation; {@link IllegalArgumentException} if the network has none of this id. */
    public Organization organization(String mspId) {
        return find(mspId).orElseThrow(() -> new IllegalArgumentException("the network has no organisation " + mspId));
    }

    /** The organisation, if the network has it. */
    public Optional<Organization> find(String mspId) {
        return organizations.stream()
                .filter(organization -> organization.mspId().equals(mspId))
                .findFirst();
    }
}
