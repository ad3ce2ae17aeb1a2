package io.clearmarket.wallet.cli;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.ed25519.Ed25519Key;
import io.clearmarket.wallet.eth.Mnemonic;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.store.KeyKind;
import io.clearmarket.wallet.store.WalletEntry;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "create",
        description = {
            "Make a key and keep it encrypted.",
            "p256: a member of a Fabric organisation; its certificate request is written beside it.",
            "secp256k1: an account on an EVM chain. ed25519: a witness of checkpoints."
        })
final class CreateCommand extends WalletAction {
    @Parameters(paramLabel = "NAME", description = "What you call the key; it stays on this machine.")
    private String name = "";

    @Option(
            names = "--kind",
            defaultValue = "p256",
            converter = KindConverter.class,
            description = "p256, secp256k1 or ed25519 (default: ${DEFAULT-VALUE}).")
    private KeyKind kind = KeyKind.P256;

    @Option(names = "--mnemonic", description = "Grow the account from a new recovery phrase, which is printed once.")
    private boolean mnemonic;

    @Option(
            names = "--mnemonic-file",
            paramLabel = "FILE",
            description = "Grow the account from the recovery phrase in a file.")
    private @Nullable Path mnemonicFile;

    @Option(
            names = "--index",
            paramLabel = "N",
            defaultValue = "0",
            description = "Which account of the phrase: m/44'/60'/0'/0/N (default: ${DEFAULT-VALUE}).")
    private int index;

    static final class KindConverter implements ITypeConverter<KeyKind> {
        @Override
        public KeyKind convert(String value) {
            try {
                return KeyKind.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    @Override
    void act() {
        boolean fromPhrase = mnemonic || mnemonicFile != null;
        boolean twoPhrases = mnemonic && mnemonicFile != null;
        boolean phraseForOther = fromPhrase && kind != KeyKind.SECP256K1;
        if (twoPhrases || phraseForOther || index < 0) {
            throw new ParameterException(
                    spec().commandLine(),
                    "--mnemonic or --mnemonic-file, one of them, goes with --kind secp256k1 and an index from 0");
        }
        char[] passphrase = wallet().newPassphrase();
        WalletEntry entry = switch (kind) {
            case P256 -> createP256(passphrase);
            case SECP256K1 -> wallet().store().add(name, account(), passphrase);
            case ED25519 -> wallet().store().add(name, Ed25519Key.generate(), passphrase);
        };
        out().println(entry.publicId());
    }

    private WalletEntry createP256(char[] passphrase) {
        // a CA gives buyers a pseudonym, and the name a person chose for their own use is nobody else's business
        WalletEntry entry = wallet().store().createP256(name, "clearmarket", passphrase);
        err().println("certificate request for your organisation's CA: "
                + wallet().folder().resolve(name).resolve("csr.pem"));
        err().println("then: wallet import " + name + " --msp-id MSP --certificate FILE");
        return entry;
    }

    private Secp256k1Key account() {
        if (mnemonicFile != null) {
            return Mnemonic.parse(PrivateFiles.readText(mnemonicFile)).key(index);
        }
        if (!mnemonic) {
            return Secp256k1Key.generate();
        }
        Mnemonic phrase = Mnemonic.generate();
        err().println("Write these words down; whoever has them has the account, and they are not kept here:");
        err().println(phrase.words());
        return phrase.key(index);
    }
}
