package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Command;
import io.clearmarket.chaincode.api.Records.Party;
import io.clearmarket.chaincode.api.RefusalCode;
import io.clearmarket.chaincode.api.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who may ask for a command that is not about one consignment, by role. Whom the others are for stands in {@link LegalMoves}: there
 * it is a party of the terms, not a role, that counts.
 */
public final class Permissions {
    private static final Set<Role> EVERYBODY = EnumSet.allOf(Role.class);

    /** Every row, one for each such command. */
    public static final List<Permission> TABLE = List.of(
            new Permission(Command.ApproveMarket.class, Standing.CERTIFIED, EnumSet.of(Role.OPERATOR)),
            new Permission(Command.AccreditParty.class, Standing.CERTIFIED, EnumSet.of(Role.OPERATOR)),
            new Permission(Command.SuspendParty.class, Standing.CERTIFIED, EnumSet.of(Role.OPERATOR)),
            new Permission(Command.ReinstateParty.class, Standing.CERTIFIED, EnumSet.of(Role.OPERATOR)),
            new Permission(Command.RegisterParty.class, Standing.CERTIFIED, EVERYBODY),
            new Permission(Command.ChangeAddress.class, Standing.REGISTERED, EVERYBODY),
            new Permission(Command.ChangeKey.class, Standing.REGISTERED, EVERYBODY),
            new Permission(Command.WithdrawChange.class, Standing.REGISTERED, EVERYBODY),
            new Permission(Command.CompleteChange.class, Standing.REGISTERED, EVERYBODY),
            new Permission(Command.PublishOffer.class, Standing.ACTIVE, EnumSet.of(Role.MERCHANT)),
            new Permission(Command.PlaceOrder.class, Standing.ACTIVE, EnumSet.of(Role.BUYER)),
            new Permission(Command.RecordEvent.class, Standing.REGISTERED, EVERYBODY),
            new Permission(Command.RecordHandOver.class, Standing.REGISTERED, EVERYBODY),
            new Permission(Command.RegisterDevice.class, Standing.REGISTERED, EVERYBODY),
            new Permission(Command.CalibrateDevice.class, Standing.REGISTERED, EVERYBODY),
            new Permission(Command.RevokeDevice.class, Standing.REGISTERED, EVERYBODY),
            new Permission(Command.RecordReadings.class, Standing.REGISTERED, EVERYBODY));

    private static final Map<Class<?>, Permission> BY_COMMAND =
            TABLE.stream().collect(Collectors.toMap(Permission::command, Function.identity()));

    private Permissions() {}

    /** What makes somebody hold a role. */
    public enum Standing {
        /** The certificate names it; organisations' operators, and whoever registers. */
        CERTIFIED,
        /** The party is registered in it. */
        REGISTERED,
        /** The party is registered in it, accredited where it needs that, and not suspended. */
        ACTIVE
    }

    /** Whose a command is: anybody's in one of these roles. */
    public record Permission(Class<? extends Command> command, Standing standing, Set<Role> roles) {
        public Permission {
            roles = Set.copyOf(roles);
        }
    }

    /** Refuses unless the asker's certificate names a role that the command is for. */
    static void requireCertified(Command command, Context context) {
        Role role = context.asker().role();
        Set<Role> roles = of(command).roles();
        Refuse.unless(
                role != null && roles.contains(role),
                RefusalCode.WRONG_ROLE,
                () -> "the certificate's attribute " + Role.ATTRIBUTE + " says " + (role == null ? "nothing" : role)
                        + "; the command needs one of "
                        + roles.stream().sorted().toList());
    }

    /** The asker, who must be a party that the command is for. */
    static Party asker(Command command, View view, Context context) {
        Permission permission = of(command);
        Party party = Parties.registered(context.asker().party(), view, RefusalCode.NOT_REGISTERED);
        Parties.requireRegisteredAs(permission.roles(), party);
        if (permission.standing() == Standing.ACTIVE) {
            Parties.requireActive(party);
        }
        return party;
    }

    private static Permission of(Command command) {
        Permission permission = BY_COMMAND.get(command.getClass());
        if (permission == null) {
            throw new IllegalStateException("nothing says who may ask for " + command);
        }
        return permission;
    }
}
