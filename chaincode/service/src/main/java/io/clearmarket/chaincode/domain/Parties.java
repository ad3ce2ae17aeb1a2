package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.PartyBinding;
import io.clearmarket.chaincode.api.Records.Party;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Role;
import io.clearmarket.wallet.eth.EthAddress;
import io.clearmarket.wallet.eth.Keccak;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.p256.P256;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Parties: registered by themselves, accredited by organisations' operators, known by their public key. */
final class Parties {
    private static final int SIGNATURE_BYTES = 65;

    private Parties() {}

    static Outcome register(Command.RegisterParty command, View view, Context context) {
        Asker asker = context.asker();
        Permissions.requireCertified(command, context);
        requireRole(asker, command.role());
        Refuse.unless(
                view.find(Keys.party(asker.party())) == null,
                RefusalCode.ALREADY_REGISTERED,
                () -> "party " + asker.party() + " is registered already");
        if (command.address().isZero()) {
            requireNoSignature(command.addressSignature());
        } else {
            requireBound(command.address(), command.addressSignature(), asker, view);
        }
        Party party = Party.registered(
                asker.party(),
                asker.mspId(),
                command.role(),
                asker.certificate(),
                asker.publicKey(),
                command.address());
        return Outcome.Moved.of("party.registered", new Outcome.Write<>(Keys.party(party.id()), party));
    }

    static Outcome accredit(Command.AccreditParty command, View view, Context context) {
        Permissions.requireCertified(command, context);
        Party party = registered(command.party(), view, RefusalCode.UNKNOWN_PARTY);
        Refuse.unless(
                party.role() == command.role() && command.role().needsAccreditation(),
                RefusalCode.WRONG_ROLE,
                () -> "party " + party.id() + " is registered as " + party.role() + "; accredited as " + command.role()
                        + " can be a party registered as such, and only MERCHANT, CARRIER and ARBITER need it");
        SortedSet<String> by = new TreeSet<>(party.accreditedBy());
        Refuse.unless(
                by.add(context.asker().mspId()),
                RefusalCode.ALREADY_ACCREDITED,
                () -> context.asker().mspId() + " has accredited party " + party.id() + " already");
        Party next = new NextParty(party).accreditedBy(by).build();
        return Outcome.Moved.of("party.accredited", new Outcome.Write<>(Keys.party(party.id()), next));
    }

    /** The asker's certificate must claim this role. */
    private static void requireRole(Asker asker, Role role) {
        Refuse.unless(
                asker.role() == role,
                RefusalCode.WRONG_ROLE,
                () -> "the certificate's attribute " + Role.ATTRIBUTE + " says "
                        + (asker.role() == null ? "nothing" : asker.role()) + "; the command needs " + role);
    }

    static Party registered(PartyId id, View view, RefusalCode code) {
        return Refuse.ifAbsent(view.find(Keys.party(id)), code, () -> "party " + id + " is not registered");
    }

    /** The party must be registered in this role, and accredited where the role needs it. */
    static Party inRole(PartyId id, Role role, View view, RefusalCode unknown) {
        Party party = registered(id, view, unknown);
        requireRegisteredAs(Set.of(role), party);
        requireActive(party);
        return party;
    }

    static void requireRegisteredAs(Set<Role> roles, Party party) {
        Refuse.unless(
                roles.contains(party.role()),
                RefusalCode.WRONG_ROLE,
                () -> "party " + party.id() + " is registered as " + party.role() + ", not as one of "
                        + roles.stream().sorted().toList());
    }

    /** Accredited where its role needs that, not suspended, and with nobody in its place. */
    static void requireActive(Party party) {
        requireNotReplaced(party);
        Refuse.unless(
                party.isAccredited(),
                RefusalCode.NOT_ACCREDITED,
                () -> "party " + party.id() + " is accredited by " + party.accreditedBy() + "; a " + party.role()
                        + " needs two organisations");
        Refuse.unless(
                !party.isSuspended(),
                RefusalCode.PARTY_SUSPENDED,
                () -> "party " + party.id() + " is suspended by " + party.suspendedBy()
                        + " and enters nothing new until one of them reinstates it");
    }

    /** With no other key in its place. */
    static void requireNotReplaced(Party party) {
        Refuse.unless(
                party.successor() == null,
                RefusalCode.PARTY_REPLACED,
                () -> "party " + party.id() + " has been replaced by " + party.successor()
                        + ", who enters what is new; what is open stays with the old key");
    }

    /** True if the party is the other one, or took its place by a change of key, at once or over several. */
    static boolean isOrSucceeds(PartyId party, PartyId other, View view) {
        PartyId one = party;
        while (one != null && !one.equals(other)) {
            Party record = view.find(Keys.party(one));
            one = record == null ? null : record.predecessor();
        }
        return one != null;
    }

    /** True if the registered party signed the bytes: base64 of DER, low-S. */
    static boolean hasSigned(Party party, byte[] bytes, String signature) {
        try {
            byte[] der = Base64.getDecoder().decode(signature);
            byte[] key = Base64.getDecoder().decode(party.publicKey());
            return P256.verify(io.clearmarket.wallet.identity.Keys.p256(key), bytes, der);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static void requireNoSignature(String signature) {
        Refuse.unless(
                signature.isEmpty(),
                RefusalCode.BAD_ADDRESS_SIGNATURE,
                () -> "the zero address signs nothing; addressSignature must be empty");
    }

    /** The address must have said that it acts for the asker. */
    static void requireBound(EthAddress address, String addressSignature, Asker asker, View view) {
        String ledger = Market.inForce(view).ledger();
        EthAddress signer = signer(addressSignature, PartyBinding.signedBytes(ledger, asker.party()));
        Refuse.unless(
                signer.equals(address),
                RefusalCode.BAD_ADDRESS_SIGNATURE,
                () -> "the signature is by " + signer + ", not by " + address + "; to sign is the text \""
                        + PartyBinding.message(ledger, asker.party()) + "\"");
    }

    private static EthAddress signer(String signature, byte[] signedBytes) {
        try {
            if (!signature.startsWith("0x") || signature.length() != 2 + 2 * SIGNATURE_BYTES) {
                throw new IllegalArgumentException("it must be 0x and 130 hexadecimal digits");
            }
            byte[] bytes = HexFormat.of().parseHex(signature, 2, signature.length());
            return Secp256k1Key.recover(Keccak.hash256(signedBytes), bytes);
        } catch (IllegalArgumentException e) {
            throw Refuse.because(
                    RefusalCode.BAD_ADDRESS_SIGNATURE, "addressSignature belongs to nobody: " + e.getMessage());
        }
    }
}
