package io.clearmarket.wallet.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.WalletException;
import io.clearmarket.wallet.ca.Csr;
import io.clearmarket.wallet.ed25519.Ed25519Key;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.identity.Keys;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.json.Json;
import io.clearmarket.wallet.p256.P256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A folder of keys. Each has a folder of its own with {@code wallet.json}, which says what it is, and the encrypted key:
 * {@code key.pem} (P-256 and Ed25519, PKCS#8) or {@code keystore.json} (secp256k1, Web3 Secret Storage); for P-256 also
 * {@code csr.pem} and, once certified, {@code cert.pem}. All are their owner's alone; an entry appears whole or not at all.
 */
public final class WalletStore {
    private static final String ABOUT = "wallet.json";
    private static final String KEY = "key.pem";
    private static final String KEYSTORE = "keystore.json";
    private static final String CSR = "csr.pem";
    private static final String CERTIFICATE = "cert.pem";

    private final EntryFolders folders;
    private final ScryptCost cost;

    private WalletStore(Path folder, ScryptCost cost) {
        this.folders = new EntryFolders(folder, ABOUT);
        this.cost = cost;
    }

    /** A store for people's keys; the folder is made with the first key. */
    public static WalletStore open(Path folder) {
        return new WalletStore(folder, ScryptCost.STANDARD);
    }

    /** A store with the given cost for new keys; it opens keys of any cost. */
    public static WalletStore open(Path folder, ScryptCost cost) {
        return new WalletStore(folder, cost);
    }

    /** A new P-256 key and the CSR to send to an organisation's CA. */
    public WalletEntry createP256(String name, String commonName, char[] passphrase) {
        KeyPair pair = P256.generate();
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(CSR, Csr.create(pair, commonName).toPem().getBytes(US_ASCII));
        files.put(KEY, encrypted(pair.getPrivate(), passphrase));
        return add(entry(name, KeyKind.P256, PartyId.of(pair.getPublic()).value(), null), files);
    }

    /** An identity that already has its certificate. */
    public WalletEntry add(String name, SigningIdentity identity, char[] passphrase) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(CERTIFICATE, identity.certificatePem().getBytes(US_ASCII));
        files.put(KEY, encrypted(identity.privateKey(), passphrase));
        return add(entry(name, KeyKind.P256, identity.partyId().value(), identity.mspId()), files);
    }

    /** An account's key. */
    public WalletEntry add(String name, Secp256k1Key key, char[] passphrase) {
        requireSecret(passphrase);
        byte[] content = Web3SecretStorage.encrypt(key, passphrase, cost);
        return add(entry(name, KeyKind.SECP256K1, key.address().toString(), null), Map.of(KEYSTORE, content));
    }

    /** A witness's key. */
    public WalletEntry add(String name, Ed25519Key key, char[] passphrase) {
        requireSecret(passphrase);
        String publicKey = HexFormat.of().formatHex(key.publicKey());
        byte[] content = EncryptedPem.encrypt(key.pkcs8(), passphrase, cost);
        return add(entry(name, KeyKind.ED25519, publicKey, null), Map.of(KEY, content));
    }

    /**
     * Keeps the certificate that an organisation issued for a P-256 key.
     *
     * @throws WalletException if it is for another key
     */
    public WalletEntry certify(String name, String mspId, X509Certificate certificate) {
        WalletEntry entry = require(name, KeyKind.P256);
        PartyId certified;
        try {
            certified = PartyId.of(Keys.requireP256(certificate.getPublicKey()));
        } catch (IllegalArgumentException e) {
            throw WalletException.of(folders.file(name, CERTIFICATE), e);
        }
        if (!certified.value().equals(entry.publicId())) {
            throw WalletException.of(
                    folders.file(name, CERTIFICATE),
                    "the certificate is for the key of " + certified + ", not of " + entry.publicId());
        }
        PrivateFiles.write(folders.file(name, CERTIFICATE), Pem.encode(certificate));
        WalletEntry certifiedEntry = new WalletEntry(name, KeyKind.P256, entry.publicId(), mspId, entry.created());
        PrivateFiles.write(folders.file(name, ABOUT), Json.MAPPER.writeValueAsBytes(certifiedEntry));
        return certifiedEntry;
    }

    /** Every key, by name. */
    public List<WalletEntry> list() {
        return folders.names().stream().map(this::entry).toList();
    }

    /** What is known of a key without its passphrase; {@link WalletException} if there is no such key. */
    public WalletEntry entry(String name) {
        Path file = folders.file(name, ABOUT);
        if (!Files.exists(file)) {
            throw WalletException.of(
                    file.resolveSibling(""), "there is no key \"" + name + "\"; \"wallet list\" shows those there are");
        }
        try {
            return Json.MAPPER.readValue(PrivateFiles.read(file), WalletEntry.class);
        } catch (JacksonException e) {
            throw WalletException.of(file, "is not a wallet's description: " + e.getOriginalMessage(), e);
        }
    }

    /** The CSR of a P-256 key that was created here, in PEM. */
    public String csr(String name) {
        require(name, KeyKind.P256);
        return PrivateFiles.readText(folders.file(name, CSR));
    }

    /** The certificate of a P-256 key, or null while it has none. */
    public @Nullable X509Certificate certificate(String name) {
        Path file = folders.file(name, CERTIFICATE);
        if (require(name, KeyKind.P256).mspId() == null) {
            return null;
        }
        try {
            return Pem.certificate(PrivateFiles.readText(file));
        } catch (IllegalArgumentException e) {
            throw WalletException.of(file, e);
        }
    }

    /**
     * A certified P-256 key.
     *
     * @throws WrongPassphrase if the passphrase does not open it
     * @throws WalletException if there is no such key or no certificate yet
     */
    public SigningIdentity identity(String name, char[] passphrase) {
        String mspId = require(name, KeyKind.P256).mspId();
        X509Certificate certificate = certificate(name);
        Path file = folders.file(name, KEY);
        if (mspId == null || certificate == null) {
            throw WalletException.of(
                    file, "has no certificate yet; send " + CSR + " to your organisation's CA and import its answer");
        }
        byte[] pkcs8 = EncryptedPem.decrypt(file, passphrase);
        try {
            return new SigningIdentity(mspId, certificate, Pem.p256PrivateKey(pkcs8));
        } catch (IllegalArgumentException e) {
            throw WalletException.of(file, e);
        }
    }

    /** An account's key; {@link WrongPassphrase}, or {@link WalletException} if there is no such key. */
    public Secp256k1Key secp256k1(String name, char[] passphrase) {
        require(name, KeyKind.SECP256K1);
        return Web3SecretStorage.decrypt(folders.file(name, KEYSTORE), passphrase);
    }

    /** A witness's key; {@link WrongPassphrase}, or {@link WalletException} if there is no such key. */
    public Ed25519Key ed25519(String name, char[] passphrase) {
        require(name, KeyKind.ED25519);
        Path file = folders.file(name, KEY);
        byte[] pkcs8 = EncryptedPem.decrypt(file, passphrase);
        try {
            return Ed25519Key.fromPkcs8(pkcs8);
        } catch (IllegalArgumentException e) {
            throw WalletException.of(file, e);
        }
    }

    private WalletEntry require(String name, KeyKind kind) {
        WalletEntry entry = entry(name);
        if (entry.kind() != kind) {
            throw WalletException.of(
                    folders.file(name, ABOUT),
                    "is a " + entry.kind().label() + " key, where " + kind.label() + " is needed");
        }
        return entry;
    }

    private WalletEntry add(WalletEntry entry, Map<String, byte[]> files) {
        Map<String, byte[]> all = new LinkedHashMap<>(files);
        all.put(ABOUT, Json.MAPPER.writeValueAsBytes(entry));
        folders.add(entry.name(), all);
        return entry;
    }

    private byte[] encrypted(PrivateKey key, char[] passphrase) {
        requireSecret(passphrase);
        return EncryptedPem.encrypt(key.getEncoded(), passphrase, cost);
    }

    private static void requireSecret(char[] passphrase) {
        if (passphrase.length == 0) {
            throw new WalletException("an empty passphrase protects nothing");
        }
    }

    private static WalletEntry entry(String name, KeyKind kind, String publicId, @Nullable String mspId) {
        return new WalletEntry(name, kind, publicId, mspId, Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }
}
