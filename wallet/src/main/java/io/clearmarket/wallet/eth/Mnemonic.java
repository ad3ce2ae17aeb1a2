package io.clearmarket.wallet.eth;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Locale;
import org.bouncycastle.util.BigIntegers;
import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.MnemonicUtils;

/** A recovery phrase (BIP-39, English words) and the keys that grow from it (BIP-32, BIP-44). */
public final class Mnemonic {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int HARDENED = Bip32ECKeyPair.HARDENED_BIT;

    private final String words;

    private Mnemonic(String words) {
        this.words = words;
    }

    /** Twelve new words: 128 random bits. */
    public static Mnemonic generate() {
        byte[] entropy = new byte[16];
        RANDOM.nextBytes(entropy);
        return fromEntropy(entropy);
    }

    /** The words of 128, 160, 192, 224 or 256 bits; {@link IllegalArgumentException} for other lengths. */
    public static Mnemonic fromEntropy(byte[] entropy) {
        if (entropy.length < 16 || entropy.length > 32 || entropy.length % 4 != 0) {
            throw new IllegalArgumentException("entropy has 16, 20, 24, 28 or 32 bytes, not " + entropy.length);
        }
        return new Mnemonic(MnemonicUtils.generateMnemonic(entropy));
    }

    /**
     * Words as a person types them: any case, any white space between.
     *
     * @throws IllegalArgumentException if their number, a word or the checksum is wrong; the message repeats no word
     */
    public static Mnemonic parse(String text) {
        String words = Normalizer.normalize(text, Normalizer.Form.NFKD)
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\s+", " ");
        if (!MnemonicUtils.validateMnemonic(words)) {
            throw new IllegalArgumentException(
                    "not a recovery phrase: a word is not on the English list, or missing, or the checksum is wrong");
        }
        return new Mnemonic(words);
    }

    /** The words, to be written down by their owner. */
    public String words() {
        return words;
    }

    /**
     * The 64-byte seed of BIP-39.
     *
     * @param passphrase a "25th word", or the empty string
     */
    public byte[] seed(String passphrase) {
        return MnemonicUtils.generateSeed(words, Normalizer.normalize(passphrase, Normalizer.Form.NFKD));
    }

    /** The key at Ethereum's path {@code m/44'/60'/0'/0/index}, without a further passphrase. */
    public Secp256k1Key key(int index) {
        return key("", 44 | HARDENED, 60 | HARDENED, HARDENED, 0, index);
    }

    /** The key at a BIP-32 path; a hardened step has its top bit set. */
    public Secp256k1Key key(String passphrase, int... path) {
        Bip32ECKeyPair master = Bip32ECKeyPair.generateKeyPair(seed(passphrase));
        Bip32ECKeyPair derived = Bip32ECKeyPair.deriveKeyPair(master, path);
        return Secp256k1Key.fromPrivateKey(BigIntegers.asUnsignedByteArray(32, derived.getPrivateKey()));
    }

    /** Says nothing: the words are the key. */
    @Override
    public String toString() {
        return "Mnemonic[" + words.split(" ", -1).length + " words]";
    }
}
