package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.PartyBinding;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.Keccak;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.p256.P256;
import java.security.KeyPair;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Somebody with keys of their own. */
public record Person(KeyPair keys, Secp256k1Key wallet, Asker asker) {
    public static Person of(String mspId, @Nullable Role role) {
        KeyPair keys = P256.generate();
        String key = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
        return new Person(
                keys, Secp256k1Key.generate(), new Asker(PartyId.of(keys.getPublic()), mspId, role, "pem", key));
    }

    /** Somebody whom an organisation has certified; the key stays with the identity. */
    public static Person of(SigningIdentity identity) {
        return of(identity, null);
    }

    /** Likewise, in the role that the certificate names. */
    public static Person of(SigningIdentity identity, @Nullable Role role) {
        KeyPair keys = new KeyPair(identity.certificate().getPublicKey(), identity.privateKey());
        String key = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
        Asker asker = new Asker(identity.partyId(), identity.mspId(), role, identity.certificatePem(), key);
        return new Person(keys, Secp256k1Key.generate(), asker);
    }

    /** Registers this person on the tests' market in the role; who buys or sells binds an address. */
    public Command.RegisterParty registration(CommandId commandId, Role role) {
        boolean money = role == Role.BUYER || role == Role.MERCHANT;
        return new Command.RegisterParty(
                commandId,
                role,
                money ? wallet.address() : EthAddress.ZERO,
                money ? bindingSignature(Bazaar.LEDGER) : "");
    }

    public PartyId id() {
        return asker.party();
    }

    /** Base64 of DER over the bytes. */
    public String sign(byte[] bytes) {
        return Base64.getEncoder().encodeToString(P256.sign(keys.getPrivate(), bytes));
    }

    public String bindingSignature(String ledger) {
        return hex(wallet.signDigest(Keccak.hash256(PartyBinding.signedBytes(ledger, id()))));
    }

    public static String hex(byte[] signature) {
        return "0x" + HexFormat.of().formatHex(signature);
    }
}
