package io.clearmarket.gateway.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.EthSigner;
import io.clearmarket.wallet.eth.Keccak;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Signatures that tell their account and digest and cost nothing; for a world in which nobody forges. */
public final class VirtualSignatures {
    private static final int WORD = 32;
    private static final int ACCOUNT = 20;
    private static final int V = 27;

    private VirtualSignatures() {}

    /** A signer for an account without a key. */
    public static EthSigner signer(EthAddress address) {
        return new EthSigner() {
            @Override
            public EthAddress address() {
                return address;
            }

            @Override
            public byte[] signDigest(byte[] digest) {
                byte[] account = address.bytes();
                byte[] signature = new byte[2 * WORD + 1];
                System.arraycopy(account, 0, signature, WORD - account.length, account.length);
                System.arraycopy(digest, 0, signature, WORD, WORD);
                signature[2 * WORD] = V;
                return signature;
            }
        };
    }

    /** Whose signature this is; throws {@link IllegalArgumentException} if it is of another digest. */
    public static EthAddress recover(byte[] digest, byte[] signature) {
        if (!Arrays.equals(digest, Arrays.copyOfRange(signature, WORD, 2 * WORD))) {
            throw new IllegalArgumentException("the signature is of another digest");
        }
        return EthAddress.of(Arrays.copyOfRange(signature, WORD - ACCOUNT, WORD));
    }

    /** Who signed; none if one of the signatures is of something else, as contract and chaincode refuse it. */
    public static Set<EthAddress> signers(byte[] digest, List<byte[]> signatures) {
        try {
            return signatures.stream().map(each -> recover(digest, each)).collect(Collectors.toSet());
        } catch (IllegalArgumentException ofSomethingElse) {
            return Set.of();
        }
    }

    /** An account that is the same in every run. */
    public static EthAddress account(String name) {
        return EthAddress.of(Arrays.copyOfRange(Keccak.hash256(name.getBytes(UTF_8)), WORD - ACCOUNT, WORD));
    }
}
