package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.CommandId;
import io.clearmarket.chaincode.api.DeviceKey;
import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.wallet.ed25519.Ed25519Key;
import io.clearmarket.wallet.p256.P256;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;
import java.util.function.UnaryOperator;

/** A device with its key; signs as JSON Web Signatures do. */
public record SampleDevice(DeviceKey key, UnaryOperator<byte[]> signer) {
    public static SampleDevice ed25519() {
        Ed25519Key key = Ed25519Key.generate();
        return new SampleDevice(
                new DeviceKey(Base64.getEncoder().encodeToString(key.subjectPublicKeyInfo())), key::sign);
    }

    public static SampleDevice p256() {
        KeyPair keys = P256.generate();
        return new SampleDevice(
                new DeviceKey(
                        Base64.getEncoder().encodeToString(keys.getPublic().getEncoded())),
                message -> sign(keys, message));
    }

    public Digest id() {
        return key.id();
    }

    /** The owner's command, signed by the device. */
    public Command.RegisterDevice registration(Bazaar bazaar, Person owner) {
        return registration(bazaar.id(), owner);
    }

    /** The same under this id. */
    public Command.RegisterDevice registration(CommandId commandId, Person owner) {
        byte[] signature = signer.apply(DeviceKey.binding(Bazaar.LEDGER, id(), owner.id()));
        return new Command.RegisterDevice(
                commandId, key.spki(), Base64.getEncoder().encodeToString(signature));
    }

    private static byte[] sign(KeyPair keys, byte[] message) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(keys.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
