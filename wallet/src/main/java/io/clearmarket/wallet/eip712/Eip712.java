package io.clearmarket.wallet.eip712;

import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.Keccak;
import java.math.BigInteger;

/**
 * The hashes of EIP-712 for structs that are known when the code is written: deterministic and light, so that chaincode
 * can check what a contract checks.
 */
public final class Eip712 {
    private static final byte[] PREFIX = {0x19, 0x01};
    private static final StructType DOMAIN =
            StructType.parse("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

    private Eip712() {}

    /**
     * Where a signature counts: one contract on one chain.
     *
     * @param name the protocol's name, such as {@code Clearmarket Escrow}
     * @param version its version
     * @param chainId the chain (EIP-155)
     * @param verifyingContract the contract
     */
    public record Domain(String name, String version, BigInteger chainId, EthAddress verifyingContract) {
        public Domain(String name, String version, long chainId, EthAddress verifyingContract) {
            this(name, version, BigInteger.valueOf(chainId), verifyingContract);
        }

        /** hashStruct of the domain. */
        public byte[] separator() {
            return DOMAIN.hash(
                    Value.string(name), Value.string(version), Value.uint(chainId), Value.address(verifyingContract));
        }
    }

    /**
     * keccak256(typeHash || encoded values).
     *
     * @param type encodeType of the struct, such as {@code Mail(Person from,string contents)Person(string name)}
     * @param values one for each member of the first struct, in order
     * @throws IllegalArgumentException if a value does not fit its member
     */
    public static byte[] hashStruct(String type, Value... values) {
        return StructType.parse(type).hash(values);
    }

    /** The digest that is signed: keccak256(0x1901 || domainSeparator || structHash). */
    public static byte[] digest(byte[] domainSeparator, byte[] structHash) {
        if (domainSeparator.length != 32 || structHash.length != 32) {
            throw new IllegalArgumentException("a domain separator and a struct hash have 32 bytes each");
        }
        return Keccak.hash256(PREFIX, domainSeparator, structHash);
    }

    /** {@link #digest(byte[], byte[])} in a domain. */
    public static byte[] digest(Domain domain, byte[] structHash) {
        return digest(domain.separator(), structHash);
    }
}
