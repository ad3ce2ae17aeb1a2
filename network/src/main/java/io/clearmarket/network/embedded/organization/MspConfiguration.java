package io.clearmarket.network.embedded.organization;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hyperledger.fabric.protos.msp.FabricCryptoConfig;
import org.hyperledger.fabric.protos.msp.FabricMSPConfig;
import org.hyperledger.fabric.protos.msp.FabricNodeOUs;
import org.hyperledger.fabric.protos.msp.FabricOUIdentifier;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** An organisation's public MSP folder as a channel's configuration holds it (Fabric's {@code msp.GetVerifyingMspConfig}). */
public final class MspConfiguration {
    private final Path folder;

    private MspConfiguration(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads {@code cacerts}, {@code intermediatecerts}, {@code admincerts}, {@code crls}, {@code tlscacerts},
     * {@code tlsintermediatecerts} and {@code config.yaml}.
     *
     * @throws IllegalArgumentException if there is no CA certificate or the file is malformed
     */
    public static FabricMSPConfig read(Path folder, String mspId) {
        return new MspConfiguration(folder).read(mspId);
    }

    private FabricMSPConfig read(String mspId) {
        FabricMSPConfig.Builder msp = FabricMSPConfig.newBuilder()
                .setName(mspId)
                .addAllRootCerts(files("cacerts"))
                .addAllIntermediateCerts(files("intermediatecerts"))
                .addAllAdmins(files("admincerts"))
                .addAllRevocationList(files("crls"))
                .addAllTlsRootCerts(files("tlscacerts"))
                .addAllTlsIntermediateCerts(files("tlsintermediatecerts"))
                .setCryptoConfig(FabricCryptoConfig.newBuilder()
                        .setSignatureHashFamily("SHA2")
                        .setIdentityIdentifierHashFunction("SHA256"));
        if (msp.getRootCertsCount() == 0) {
            throw new IllegalArgumentException(folder + " has no CA certificate in cacerts");
        }
        Map<?, ?> config = configuration();
        if (config.get("NodeOUs") instanceof Map<?, ?> units) {
            msp.setFabricNodeOus(FabricNodeOUs.newBuilder()
                    .setEnable(Boolean.TRUE.equals(units.get("Enable")))
                    .setClientOuIdentifier(unit(units.get("ClientOUIdentifier")))
                    .setPeerOuIdentifier(unit(units.get("PeerOUIdentifier")))
                    .setAdminOuIdentifier(unit(units.get("AdminOUIdentifier")))
                    .setOrdererOuIdentifier(unit(units.get("OrdererOUIdentifier"))));
        }
        if (config.get("OrganizationalUnitIdentifiers") instanceof List<?> units) {
            units.forEach(unit -> msp.addOrganizationalUnitIdentifiers(unit(unit)));
        }
        return msp.build();
    }

    private FabricOUIdentifier unit(@Nullable Object described) {
        FabricOUIdentifier.Builder unit = FabricOUIdentifier.newBuilder();
        if (described instanceof Map<?, ?> entry) {
            if (entry.get("OrganizationalUnitIdentifier") instanceof String name) {
                unit.setOrganizationalUnitIdentifier(name);
            }
            if (entry.get("Certificate") instanceof String certificate && !certificate.isEmpty()) {
                unit.setCertificate(ByteString.copyFrom(PrivateFiles.read(folder.resolve(certificate))));
            }
        }
        return unit.build();
    }

    private Map<?, ?> configuration() {
        Path file = folder.resolve("config.yaml");
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(PrivateFiles.readText(file));
            if (root instanceof Map<?, ?> map) {
                return map;
            }
        } catch (YAMLException e) {
            throw new IllegalArgumentException(file + " is not YAML: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(file + " is not an MSP's configuration");
    }

    private List<ByteString> files(String name) {
        Path part = folder.resolve(name);
        if (!Files.isDirectory(part)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(part)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> ByteString.copyFrom(PrivateFiles.read(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(part + " cannot be read: " + e.getMessage(), e);
        }
    }
}
