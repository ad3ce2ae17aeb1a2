package io.clearmarket.wallet.eip712;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.Keccak;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.util.BigIntegers;

/** A member's value: it knows the 32 bytes that it is encoded as, and the types that it fits. */
public sealed interface Value {
    /** The 32 bytes of EIP-712's encodeData. */
    byte[] encoded();

    /** True if a member declared with this type can hold the value. */
    boolean fits(String type);

    /** An {@code address}. */
    static Value address(EthAddress address) {
        return new AddressValue(address);
    }

    /** A {@code uintN}; it fits where it has at most N bits. */
    static Value uint(BigInteger number) {
        return new UintValue(number);
    }

    /** A {@code uintN}; it fits where it has at most N bits. */
    static Value uint(long number) {
        return new UintValue(BigInteger.valueOf(number));
    }

    /** A {@code bool}. */
    static Value bool(boolean truth) {
        return new WordValue("bool", BigIntegers.asUnsignedByteArray(32, truth ? BigInteger.ONE : BigInteger.ZERO));
    }

    /** A {@code bytes32}; {@link IllegalArgumentException} for another length. */
    static Value bytes32(byte[] word) {
        return new WordValue("bytes32", requireWord(word));
    }

    /** A {@code bytes} of any length. */
    static Value bytes(byte[] content) {
        return new WordValue("bytes", Keccak.hash256(content));
    }

    /** A {@code string}. */
    static Value string(String text) {
        return new WordValue("string", Keccak.hash256(text.getBytes(UTF_8)));
    }

    /** A nested struct, by its hashStruct. */
    static Value struct(byte[] hash) {
        return new WordValue(WordValue.STRUCT, requireWord(hash));
    }

    /** An array, of structs or of anything above. */
    static Value array(List<Value> items) {
        return new ArrayValue(List.copyOf(items));
    }

    private static byte[] requireWord(byte[] word) {
        if (word.length != 32) {
            throw new IllegalArgumentException("32 bytes are wanted, not " + word.length);
        }
        return word.clone();
    }

    /** An {@code address}. */
    record AddressValue(EthAddress address) implements Value {
        @Override
        public byte[] encoded() {
            byte[] word = new byte[32];
            System.arraycopy(address.bytes(), 0, word, 12, 20);
            return word;
        }

        @Override
        public boolean fits(String type) {
            return type.equals("address");
        }
    }

    /** An unsigned number. */
    record UintValue(BigInteger number) implements Value {
        private static final Pattern TYPE = Pattern.compile("uint[1-9][0-9]{0,2}");

        /** @throws IllegalArgumentException if it is negative or over 256 bits */
        public UintValue {
            if (number.signum() < 0 || number.bitLength() > 256) {
                throw new IllegalArgumentException("an unsigned number has at most 256 bits: " + number);
            }
        }

        @Override
        public byte[] encoded() {
            return BigIntegers.asUnsignedByteArray(32, number);
        }

        @Override
        public boolean fits(String type) {
            return TYPE.matcher(type).matches() && number.bitLength() <= Integer.parseInt(type.substring(4));
        }

        @Override
        public String toString() {
            return "uint " + number;
        }
    }

    /** What is encoded as a word of its own or as a hash. */
    final class WordValue implements Value {
        private static final String STRUCT = "struct";

        private final String kind;
        private final byte[] word;

        private WordValue(String kind, byte[] word) {
            this.kind = kind;
            this.word = word;
        }

        @Override
        public byte[] encoded() {
            return word.clone();
        }

        @Override
        public boolean fits(String type) {
            return kind.equals(STRUCT)
                    ? Character.isUpperCase(type.charAt(0)) && !type.endsWith("]")
                    : kind.equals(type);
        }

        @Override
        public String toString() {
            return kind;
        }
    }

    /** An array: the hash of its items' encodings, one after the other. */
    record ArrayValue(List<Value> items) implements Value {
        private static final Pattern TYPE = Pattern.compile("(.+)\\[([0-9]{0,5})]");

        @Override
        public byte[] encoded() {
            return Keccak.hash256(items.stream().map(Value::encoded).toArray(byte[][]::new));
        }

        @Override
        public boolean fits(String type) {
            var match = TYPE.matcher(type);
            return match.matches()
                    && (match.group(2).isEmpty() || Integer.parseInt(match.group(2)) == items.size())
                    && items.stream().allMatch(item -> item.fits(match.group(1)));
        }
    }
}
