package io.clearmarket.gateway.identity;

import io.clearmarket.gateway.config.GatewayProperties;
import io.clearmarket.gateway.config.GatewayProperties.ManagedIdentityProperties;
import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.WalletException;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.identity.MspFolder;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The identities that the configuration names, read once at the start: a missing file stops it with its name. */
@Component
class ConfiguredIdentities implements ManagedIdentities {
    private final Map<String, ManagedIdentity> byName = new TreeMap<>();

    ConfiguredIdentities(GatewayProperties properties) {
        for (Map.Entry<String, ManagedIdentityProperties> entry :
                properties.identities().entrySet()) {
            ManagedIdentityProperties files = entry.getValue();
            byName.put(
                    entry.getKey(),
                    new ManagedIdentity(
                            entry.getKey(), MspFolder.read(files.mspId(), files.msp()), ethKey(files.ethKey())));
        }
    }

    @Override
    public Optional<ManagedIdentity> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public Collection<ManagedIdentity> all() {
        return byName.values();
    }

    private static @Nullable Secp256k1Key ethKey(@Nullable Path file) {
        if (file == null) {
            return null;
        }
        try {
            String hex = PrivateFiles.readText(file).strip();
            return Secp256k1Key.fromPrivateKey(HexFormat.of().parseHex(hex.startsWith("0x") ? hex.substring(2) : hex));
        } catch (IllegalArgumentException e) {
            throw WalletException.of(file, e);
        }
    }
}
