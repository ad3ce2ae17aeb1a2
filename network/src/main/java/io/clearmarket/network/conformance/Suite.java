package io.clearmarket.network.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;

/** Tries statements on networks of one kind. */
final class Suite {
    private final NetworkProvider provider;
    private final Path directory;
    private final ChaincodeFiles files;

    /**
     * @param directory where networks are kept; a folder is made in it for each stage
     * @param root the project's folder
     */
    Suite(NetworkProvider provider, Path directory, Path root) {
        this.provider = provider;
        this.directory = directory;
        this.files = ChaincodeFiles.in(root);
    }

    /** Every statement, in order. */
    static List<Statement> statements() {
        List<Statement> all = new ArrayList<>();
        all.addAll(GatewayStatements.all());
        all.addAll(SubmitStatements.all());
        all.addAll(IdentityStatements.all());
        all.addAll(StateStatements.all());
        all.addAll(ConflictStatements.all());
        all.addAll(ProtocolStatements.all());
        all.addAll(FactStatements.all());
        all.addAll(ClusterStatements.all());
        all.addAll(AnswerStatements.all());
        all.addAll(PrivateStatements.all());
        all.addAll(EventStatements.all());
        all.addAll(BlockStatements.all());
        all.addAll(BlockStatements.aboutEveryBlock());
        return all;
    }

    /** Runs the statements and hands each outcome over as it comes. */
    void run(List<Statement> statements, Consumer<Outcome> onOutcome) throws Exception {
        for (Stage stage : Stage.values()) {
            List<Statement> here =
                    statements.stream().filter(each -> each.stage() == stage).toList();
            if (!here.isEmpty()) {
                run(stage, here, onOutcome);
            }
        }
    }

    private void run(Stage stage, List<Statement> statements, Consumer<Outcome> onOutcome) throws Exception {
        EnumSet<Variant> variants = EnumSet.noneOf(Variant.class);
        for (Statement statement : statements) {
            for (Variant variant : statement.variants()) {
                String why =
                        Session.impossible(provider, files, statement, variant).orElse(null);
                if (why == null) {
                    variants.add(variant);
                } else {
                    onOutcome.accept(new Outcome(statement, variant, Outcome.Verdict.NOT_RUN, why, 0));
                }
            }
        }
        if (variants.isEmpty()) {
            return;
        }
        try (Session session = Session.open(provider, stage, variants, directory, files)) {
            for (Variant variant : variants) {
                for (Statement statement : statements) {
                    if (statement.variants().contains(variant)
                            && Session.impossible(provider, files, statement, variant)
                                    .isEmpty()) {
                        onOutcome.accept(session.attempt(statement, variant));
                    }
                }
            }
        }
    }
}
