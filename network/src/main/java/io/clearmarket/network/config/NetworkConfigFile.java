package io.clearmarket.network.config;

import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * An embedded network described in YAML (or JSON), as {@link NetworkConfig.Builder} describes it in a program:
 *
 * <pre>{@code
 * data: network               # a folder; may be left out where the reader is told one
 * mutualTls: false            # host, ordererPort and executeTimeout too have defaults
 * limits: {gateway: 500}      # calls that a peer has open at a time; endorser and deliver likewise; 0: any number
 * organizations:
 *   - mspId: Org1MSP
 *     peers: 2                # or ports: [7051, 7061]
 *   - mspId: Org2MSP
 *     crypto: crypto-config/peerOrganizations/org2.example.com   # certificates that are there, as cryptogen lays them out
 * channels:
 *   - name: trade             # organizations: all, unless some are named
 *     batch: {timeout: 20ms, maxMessages: 500}
 *     chaincodes:
 *       - name: assets
 *         version: 1
 *         policy: OR('Org1MSP.peer','Org2MSP.peer')              # default: a majority
 *         run: node assets.js                                    # or jar; or servers: {Org1MSP: "127.0.0.1:9999", ...}
 *         dialsPeer: true                                        # default: false, it is a server
 * }</pre>
 *
 * Paths are relative to the file. Unknown members, missing ones and wrong types are refused.
 *
 * @param network what is described
 * @param programs what serves its chaincodes, channel by channel, each package once
 */
public record NetworkConfigFile(NetworkConfig network, List<ChaincodeProgram> programs) {
    /** YAML reads a version without quotes as a number. */
    private static final JsonMapper UNQUOTED = Json.MAPPER
            .rebuild()
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.TryConvert)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.TryConvert))
            .build();

    public NetworkConfigFile {
        programs = List.copyOf(programs);
    }

    /**
     * Reads a file.
     *
     * @param data where the network is to be kept, instead of where the file says
     * @throws IllegalArgumentException naming the file and what is wrong in it
     */
    public static NetworkConfigFile read(Path file, @Nullable Path data) {
        try {
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            Object root = new Yaml(new SafeConstructor(options)).load(Files.readString(file));
            ConfigDocument document = UNQUOTED.convertValue(root, ConfigDocument.class);
            if (document == null) {
                throw new IllegalArgumentException("it is empty");
            }
            Path folder = file.toAbsolutePath().getParent();
            return new DocumentReader(document, folder == null ? Path.of("") : folder).read(data);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
        } catch (YAMLException e) {
            throw new IllegalArgumentException(file + " is not YAML: " + e.getMessage(), e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(file + ": " + e.getOriginalMessage() + " at " + e.getPathReference(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }
}
