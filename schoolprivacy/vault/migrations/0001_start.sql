-- The first schema. Dates are ISO texts (2026-09-01), moments ISO texts with a zone, flags 0/1.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT;

-- Who was removed has no key any more, but stays: the trail and the decisions name them.
CREATE TABLE staff (
    id         TEXT PRIMARY KEY NOT NULL,
    name       TEXT NOT NULL,
    role       TEXT NOT NULL CHECK (role IN ('director', 'administration', 'counsellor', 'teacher',
                                              'dpo', 'paper_key')),
    public_key TEXT UNIQUE,
    removed_on TEXT
) STRICT;

CREATE TABLE audit (
    seq      INTEGER PRIMARY KEY NOT NULL,
    at       TEXT NOT NULL,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    action   TEXT NOT NULL,
    about    TEXT NOT NULL,
    detail   TEXT NOT NULL,
    mac      TEXT NOT NULL
) STRICT;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

-- REPLACE deletes without firing the trigger above.
CREATE TRIGGER audit_only_grows BEFORE INSERT ON audit
WHEN NEW.seq <= (SELECT coalesce(max(seq), 0) FROM audit)
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

CREATE TABLE attachment (
    id         TEXT PRIMARY KEY NOT NULL,
    name       TEXT NOT NULL,
    media_type TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    content    BLOB NOT NULL
) STRICT;

CREATE TABLE profile (
    id           INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    name         TEXT NOT NULL,
    brin         TEXT NOT NULL,
    location     TEXT NOT NULL,
    board        TEXT NOT NULL,
    street       TEXT NOT NULL,
    postcode     TEXT NOT NULL,
    place        TEXT NOT NULL,
    phone        TEXT NOT NULL,
    email        TEXT NOT NULL,
    website      TEXT NOT NULL,
    dpo          TEXT NOT NULL,
    logo_id      TEXT REFERENCES attachment (id),
    window_side  TEXT NOT NULL CHECK (window_side IN ('left', 'right')),
    window_dx    REAL NOT NULL,
    window_dy    REAL NOT NULL,
    hand_in_days INTEGER NOT NULL CHECK (hand_in_days > 0),
    next_year_from INTEGER NOT NULL CHECK (next_year_from BETWEEN 1 AND 12),
    region       TEXT NOT NULL CHECK (region IN ('', 'noord', 'midden', 'zuid'))
) STRICT;

CREATE TABLE pupil (
    id          TEXT PRIMARY KEY NOT NULL,
    call_name   TEXT NOT NULL,
    prefix      TEXT NOT NULL,
    surname     TEXT NOT NULL,
    given_names TEXT NOT NULL,
    born_on     TEXT,
    came_on     TEXT,
    left_on     TEXT
) STRICT;

CREATE TABLE pupil_alias (
    source   TEXT NOT NULL,
    space    TEXT NOT NULL,
    key      TEXT NOT NULL,
    pupil_id TEXT NOT NULL REFERENCES pupil (id),
    PRIMARY KEY (source, space, key)
) STRICT;
CREATE INDEX pupil_alias_pupil ON pupil_alias (pupil_id);

CREATE TABLE school_group (
    id          TEXT PRIMARY KEY NOT NULL,
    school_year INTEGER NOT NULL,
    name        TEXT NOT NULL,
    UNIQUE (school_year, name)
) STRICT;

CREATE TABLE placement (
    pupil_id    TEXT NOT NULL REFERENCES pupil (id),
    school_year INTEGER NOT NULL,
    year_level  TEXT NOT NULL,
    group_id    TEXT REFERENCES school_group (id),
    PRIMARY KEY (pupil_id, school_year)
) STRICT;
CREATE INDEX placement_group ON placement (group_id);

-- Combination groups and the like, beside the pupil's own group.
CREATE TABLE membership (
    pupil_id TEXT NOT NULL REFERENCES pupil (id),
    group_id TEXT NOT NULL REFERENCES school_group (id),
    PRIMARY KEY (pupil_id, group_id)
) STRICT;
CREATE INDEX membership_group ON membership (group_id);

CREATE TABLE guardian (
    id             TEXT PRIMARY KEY NOT NULL,
    institution    TEXT NOT NULL,
    initials       TEXT NOT NULL,
    call_name      TEXT NOT NULL,
    prefix         TEXT NOT NULL,
    surname        TEXT NOT NULL,
    street         TEXT NOT NULL,
    house_number   TEXT NOT NULL,
    postcode       TEXT NOT NULL,
    place          TEXT NOT NULL,
    email          TEXT NOT NULL,
    address_secret INTEGER NOT NULL CHECK (address_secret IN (0, 1)),
    phone_secret   INTEGER NOT NULL CHECK (phone_secret IN (0, 1)),
    language       TEXT NOT NULL
) STRICT;

CREATE TABLE guardian_phone (
    guardian_id TEXT NOT NULL REFERENCES guardian (id),
    position    INTEGER NOT NULL,
    number      TEXT NOT NULL,
    PRIMARY KEY (guardian_id, position)
) STRICT;

CREATE TABLE guardian_alias (
    source      TEXT NOT NULL,
    space       TEXT NOT NULL,
    key         TEXT NOT NULL,
    guardian_id TEXT NOT NULL REFERENCES guardian (id),
    PRIMARY KEY (source, space, key)
) STRICT;

CREATE TABLE guardianship (
    pupil_id         TEXT NOT NULL REFERENCES pupil (id),
    guardian_id      TEXT NOT NULL REFERENCES guardian (id),
    position         INTEGER NOT NULL,
    relation         TEXT NOT NULL,
    authority        TEXT NOT NULL CHECK (authority IN ('yes', 'no', 'unknown')),
    authority_source TEXT NOT NULL,
    PRIMARY KEY (pupil_id, guardian_id)
) STRICT;
CREATE INDEX guardianship_guardian ON guardianship (guardian_id);

CREATE TABLE import_run (
    id           TEXT PRIMARY KEY NOT NULL,
    at           TEXT NOT NULL,
    source       TEXT NOT NULL,
    space        TEXT NOT NULL,
    made_at      TEXT,
    school_year  INTEGER NOT NULL,
    counts       TEXT NOT NULL,
    changes      TEXT NOT NULL,
    audit_seq    INTEGER NOT NULL,
    undone_at    TEXT
) STRICT;

CREATE TABLE import_columns (
    fingerprint TEXT PRIMARY KEY NOT NULL,
    columns     TEXT NOT NULL
) STRICT;

-- What somebody at school corrected and the LAS does not know yet.
CREATE TABLE las_change (
    id          TEXT PRIMARY KEY NOT NULL,
    pupil_id    TEXT REFERENCES pupil (id),
    guardian_id TEXT REFERENCES guardian (id),
    field       TEXT NOT NULL,
    before      TEXT NOT NULL,
    after       TEXT NOT NULL,
    noted_at    TEXT NOT NULL,
    noted_by    TEXT NOT NULL REFERENCES staff (id),
    done_on     TEXT,
    done_how    TEXT CHECK (done_how IN ('import', 'hand')),
    CHECK (pupil_id IS NOT NULL OR guardian_id IS NOT NULL)
) STRICT;
CREATE INDEX las_change_pupil ON las_change (pupil_id);
CREATE INDEX las_change_guardian ON las_change (guardian_id);

-- Holidays that differ from the region's, meetings of the MR, study days: the school's own dates.
CREATE TABLE calendar_entry (
    id        TEXT PRIMARY KEY NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN ('holiday', 'mr', 'study_day', 'other')),
    title     TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day  TEXT NOT NULL
) STRICT;

-- Letters as the school words them; the shipped text of a letter has no row. Versions stay.
CREATE TABLE letter_wording (
    name     TEXT NOT NULL,
    language TEXT NOT NULL,
    version  INTEGER NOT NULL CHECK (version > 0),
    body     TEXT NOT NULL,
    since    TEXT NOT NULL,
    made_by  TEXT NOT NULL REFERENCES staff (id),
    PRIMARY KEY (name, language, version)
) STRICT;

CREATE TABLE purpose (
    code           TEXT PRIMARY KEY NOT NULL,
    kind           TEXT NOT NULL CHECK (kind IN ('image', 'contact_child', 'contact_own', 'sharing')),
    position       INTEGER NOT NULL,
    switched_on    INTEGER NOT NULL CHECK (switched_on IN (0, 1)),
    all_must_agree INTEGER NOT NULL CHECK (all_must_agree IN (0, 1)),
    social_medium  INTEGER NOT NULL CHECK (social_medium IN (0, 1))
) STRICT;

CREATE TABLE wording (
    purpose  TEXT NOT NULL REFERENCES purpose (code),
    version  INTEGER NOT NULL,
    since    TEXT NOT NULL,
    widens   INTEGER NOT NULL CHECK (widens IN (0, 1)),
    label    TEXT NOT NULL,
    short    TEXT NOT NULL,
    audience TEXT NOT NULL,
    keeps    TEXT NOT NULL,
    PRIMARY KEY (purpose, version)
) STRICT;

-- One named third party, one purpose, named data, a period; asked and answered per child.
CREATE TABLE sharing (
    purpose      TEXT PRIMARY KEY NOT NULL REFERENCES purpose (code),
    party        TEXT NOT NULL,
    purpose_text TEXT NOT NULL,
    data         TEXT NOT NULL,
    starts_on    TEXT NOT NULL,
    ends_on      TEXT NOT NULL,
    road         TEXT NOT NULL CHECK (road IN ('school', 'party')),
    made_on      TEXT NOT NULL,
    made_by      TEXT NOT NULL REFERENCES staff (id),
    ended_on     TEXT
) STRICT;

CREATE TABLE sharing_pupil (
    purpose  TEXT NOT NULL REFERENCES sharing (purpose),
    pupil_id TEXT NOT NULL REFERENCES pupil (id),
    PRIMARY KEY (purpose, pupil_id)
) STRICT;
CREATE INDEX sharing_pupil_pupil ON sharing_pupil (pupil_id);

-- The yearly round: who is asked what, when it must be back, who was reminded.
CREATE TABLE round (
    id              TEXT PRIMARY KEY NOT NULL,
    school_year     INTEGER NOT NULL,
    opened_on       TEXT NOT NULL,
    opened_by       TEXT NOT NULL REFERENCES staff (id),
    hand_in_by      TEXT,
    first_reminder  TEXT,
    second_reminder TEXT,
    closed_on       TEXT,
    closed_by       TEXT REFERENCES staff (id)
) STRICT;
CREATE UNIQUE INDEX round_one_is_open ON round ((closed_on IS NULL)) WHERE closed_on IS NULL;

-- The steps of the guide that somebody finished; each can be done again.
CREATE TABLE round_step (
    round_id TEXT NOT NULL REFERENCES round (id),
    step     INTEGER NOT NULL CHECK (step BETWEEN 1 AND 9),
    done_at  TEXT NOT NULL,
    done_by  TEXT NOT NULL REFERENCES staff (id),
    PRIMARY KEY (round_id, step)
) STRICT;

-- What a round does with each purpose: remind of the choice that stands, or ask again.
CREATE TABLE round_purpose (
    round_id TEXT NOT NULL REFERENCES round (id),
    purpose  TEXT NOT NULL REFERENCES purpose (code),
    mode     TEXT NOT NULL CHECK (mode IN ('remind', 'ask')),
    PRIMARY KEY (round_id, purpose)
) STRICT;

-- The letters of a round that ask nothing: what was chosen, and whether the school's data are right.
CREATE TABLE round_letter (
    round_id    TEXT NOT NULL REFERENCES round (id),
    pupil_id    TEXT NOT NULL REFERENCES pupil (id),
    address_key TEXT NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('choices', 'check')),
    printed_on  TEXT NOT NULL,
    PRIMARY KEY (round_id, pupil_id, address_key, kind)
) STRICT;
CREATE INDEX round_letter_pupil ON round_letter (pupil_id);

-- school_year: the year for which answers about the contact list count.
-- sharing: the form of a sharing for a while; NULL for the form of the school.
-- round_id: the yearly round it was printed for; NULL when it was printed in between.
CREATE TABLE form (
    id             TEXT PRIMARY KEY NOT NULL,
    pupil_id       TEXT NOT NULL REFERENCES pupil (id),
    address_key    TEXT NOT NULL,
    asked_on       TEXT NOT NULL,
    hand_in_by     TEXT NOT NULL,
    layout_version INTEGER NOT NULL,
    school_year    INTEGER NOT NULL,
    sharing        TEXT REFERENCES sharing (purpose),
    round_id       TEXT REFERENCES round (id),
    replaced_on    TEXT
) STRICT;
CREATE INDEX form_pupil ON form (pupil_id);
CREATE INDEX form_round ON form (round_id);

-- Every time a family was reminded of a form, on paper.
CREATE TABLE form_reminder (
    form_id    TEXT NOT NULL REFERENCES form (id),
    number     INTEGER NOT NULL CHECK (number > 0),
    printed_on TEXT NOT NULL,
    printed_by TEXT NOT NULL REFERENCES staff (id),
    PRIMARY KEY (form_id, number)
) STRICT;

CREATE TABLE form_page (
    number   TEXT PRIMARY KEY NOT NULL,
    form_id  TEXT NOT NULL REFERENCES form (id),
    page     INTEGER NOT NULL,
    geometry TEXT NOT NULL,
    UNIQUE (form_id, page)
) STRICT;

CREATE TABLE form_purpose (
    form_id  TEXT NOT NULL REFERENCES form (id),
    position INTEGER NOT NULL,
    purpose  TEXT NOT NULL,
    version  INTEGER NOT NULL,
    PRIMARY KEY (form_id, position),
    FOREIGN KEY (purpose, version) REFERENCES wording (purpose, version)
) STRICT;

CREATE TABLE form_guardian (
    form_id     TEXT NOT NULL REFERENCES form (id),
    guardian_id TEXT NOT NULL REFERENCES guardian (id),
    PRIMARY KEY (form_id, guardian_id)
) STRICT;

CREATE TABLE decision (
    id                 TEXT PRIMARY KEY NOT NULL,
    pupil_id           TEXT NOT NULL REFERENCES pupil (id),
    purpose            TEXT NOT NULL,
    version            INTEGER NOT NULL,
    guardian_id        TEXT REFERENCES guardian (id),
    by_pupil           INTEGER NOT NULL CHECK (by_pupil IN (0, 1)),
    choice             TEXT NOT NULL CHECK (choice IN ('granted', 'refused', 'withdrawn')),
    decided_on         TEXT NOT NULL,
    valid_from         TEXT,
    valid_until        TEXT,
    way                TEXT NOT NULL CHECK (way IN ('paper_form', 'desk', 'phone', 'letter', 'e_mail')),
    form_id            TEXT REFERENCES form (id),
    declared_authority TEXT CHECK (declared_authority IN ('yes', 'no')),
    recorded_at        TEXT NOT NULL,
    recorded_by        TEXT NOT NULL REFERENCES staff (id),
    invalidated_at     TEXT,
    invalidated_by     TEXT REFERENCES staff (id),
    invalidated_why    TEXT,
    FOREIGN KEY (purpose, version) REFERENCES wording (purpose, version)
) STRICT;
CREATE INDEX decision_pupil ON decision (pupil_id, purpose);

CREATE TRIGGER decision_is_never_deleted BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'a decision stays in the history'); END;

CREATE TRIGGER decision_is_only_invalidated BEFORE UPDATE OF
    id, pupil_id, purpose, version, guardian_id, by_pupil, choice, decided_on, valid_from,
    valid_until, way, form_id, declared_authority, recorded_at, recorded_by ON decision
BEGIN SELECT RAISE(ABORT, 'a decision stays in the history'); END;

-- Who was asked or decided about a child stays one of that child's guardians: answers are read
-- with what they are to the child. What was entered wrongly or taken back holds nobody.
CREATE TRIGGER guardian_who_was_asked_stays BEFORE DELETE ON guardianship
WHEN EXISTS (SELECT 1 FROM decision d
             WHERE d.pupil_id = OLD.pupil_id AND d.guardian_id = OLD.guardian_id
               AND d.invalidated_at IS NULL)
  OR EXISTS (SELECT 1 FROM form f JOIN form_guardian g ON g.form_id = f.id
             WHERE f.pupil_id = OLD.pupil_id AND g.guardian_id = OLD.guardian_id)
  OR EXISTS (SELECT 1 FROM okr_step s JOIN okr_move m ON m.id = s.move_id
             WHERE m.pupil_id = OLD.pupil_id AND s.guardian_id = OLD.guardian_id)
  OR EXISTS (SELECT 1 FROM okr_remark r JOIN okr_move m ON m.id = r.move_id
             WHERE m.pupil_id = OLD.pupil_id AND r.guardian_id = OLD.guardian_id)
BEGIN SELECT RAISE(ABORT, 'a guardian who was asked or decided stays'); END;

-- A child's own no, noted by somebody at school: ask first. It permits nothing.
CREATE TABLE own_no (
    id        TEXT PRIMARY KEY NOT NULL,
    pupil_id  TEXT NOT NULL REFERENCES pupil (id),
    noted_on  TEXT NOT NULL,
    noted_by  TEXT NOT NULL REFERENCES staff (id),
    remark    TEXT NOT NULL,
    lifted_on TEXT
) STRICT;
CREATE INDEX own_no_pupil ON own_no (pupil_id);

-- Asked otherwise than on a form of ours. It permits nothing.
CREATE TABLE asked_otherwise (
    pupil_id    TEXT NOT NULL REFERENCES pupil (id),
    purpose     TEXT NOT NULL,
    version     INTEGER NOT NULL,
    asked_on    TEXT NOT NULL,
    recorded_by TEXT NOT NULL REFERENCES staff (id),
    PRIMARY KEY (pupil_id, purpose, asked_on),
    FOREIGN KEY (purpose, version) REFERENCES wording (purpose, version)
) STRICT;

-- The scan or photo of a signed form or letter.
CREATE TABLE evidence (
    id            TEXT PRIMARY KEY NOT NULL,
    pupil_id      TEXT NOT NULL REFERENCES pupil (id),
    form_id       TEXT REFERENCES form (id),
    attachment_id TEXT NOT NULL REFERENCES attachment (id),
    about         TEXT NOT NULL,
    added_on      TEXT NOT NULL,
    added_by      TEXT NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX evidence_pupil ON evidence (pupil_id);

-- The accounts and media of the school, those of one group too. medium: the social medium it is an
-- account of, by name; accounts of one medium share its purpose.
CREATE TABLE channel (
    id          TEXT PRIMARY KEY NOT NULL,
    name        TEXT NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('website', 'app', 'social', 'newsletter', 'print', 'press', 'film', 'other')),
    medium      TEXT NOT NULL,
    place       TEXT NOT NULL,
    owner       TEXT NOT NULL,
    group_name  TEXT NOT NULL,
    is_public   INTEGER NOT NULL CHECK (is_public IN (0, 1)),
    since       TEXT,
    reviewed_on TEXT,
    closed_on   TEXT
) STRICT;

CREATE TABLE channel_purpose (
    channel_id TEXT NOT NULL REFERENCES channel (id),
    purpose    TEXT NOT NULL REFERENCES purpose (code),
    PRIMARY KEY (channel_id, purpose)
) STRICT;

-- Material of an event appeared; no pictures are kept. Of whole groups, of children, or both.
-- version: goes up when it turns out to be other material; what was ticked off before does not count.
CREATE TABLE publication (
    id          TEXT PRIMARY KEY NOT NULL,
    event       TEXT NOT NULL,
    appeared_on TEXT NOT NULL,
    channel_id  TEXT NOT NULL REFERENCES channel (id),
    place       TEXT NOT NULL,
    version     INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT NOT NULL REFERENCES staff (id),
    removed_on  TEXT
) STRICT;

CREATE TABLE publication_group (
    publication_id TEXT NOT NULL REFERENCES publication (id),
    group_id       TEXT NOT NULL REFERENCES school_group (id),
    PRIMARY KEY (publication_id, group_id)
) STRICT;

CREATE TABLE publication_pupil (
    publication_id TEXT NOT NULL REFERENCES publication (id),
    pupil_id       TEXT NOT NULL REFERENCES pupil (id),
    PRIMARY KEY (publication_id, pupil_id)
) STRICT;
CREATE INDEX publication_pupil_pupil ON publication_pupil (pupil_id);

-- Who sat in the groups when it was recorded: who moves to another group later was still there.
CREATE TABLE publication_member (
    publication_id TEXT NOT NULL REFERENCES publication (id),
    group_id       TEXT NOT NULL REFERENCES school_group (id),
    pupil_id       TEXT NOT NULL REFERENCES pupil (id),
    PRIMARY KEY (publication_id, group_id, pupil_id)
) STRICT;
CREATE INDEX publication_member_pupil ON publication_member (pupil_id);

-- The task to take a child out of a publication, ticked off; of that version of the publication.
CREATE TABLE take_down (
    publication_id TEXT NOT NULL REFERENCES publication (id),
    pupil_id       TEXT NOT NULL REFERENCES pupil (id),
    version        INTEGER NOT NULL,
    done_on        TEXT NOT NULL,
    done_by        TEXT NOT NULL REFERENCES staff (id),
    remark         TEXT NOT NULL,
    PRIMARY KEY (publication_id, pupil_id)
) STRICT;
CREATE INDEX take_down_pupil ON take_down (pupil_id);

-- Every copy of a list with data of families: who has it, and until when.
-- first: the number of the first of the copies that were printed together.
CREATE TABLE list_copy (
    number       INTEGER PRIMARY KEY NOT NULL,
    first        INTEGER NOT NULL REFERENCES list_copy (number),
    kind         TEXT NOT NULL CHECK (kind IN ('contact_list', 'phone_tree', 'substitute')),
    school_year  INTEGER NOT NULL,
    group_name   TEXT NOT NULL,
    for_whom     TEXT NOT NULL,
    printed_on   TEXT NOT NULL,
    printed_by   TEXT NOT NULL REFERENCES staff (id),
    destroy_by   TEXT NOT NULL,
    destroyed_on TEXT
) STRICT;

-- What stood of a child on the copies that were printed together: identifiers and marks.
CREATE TABLE list_pupil (
    first    INTEGER NOT NULL REFERENCES list_copy (number),
    pupil_id TEXT NOT NULL REFERENCES pupil (id),
    held     TEXT NOT NULL,
    PRIMARY KEY (first, pupil_id)
) STRICT;
CREATE INDEX list_pupil_pupil ON list_pupil (pupil_id);

-- Staff, trainees and volunteers who are asked for consent themselves. A no has no consequence.
CREATE TABLE team_member (
    id        TEXT PRIMARY KEY NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN ('staff', 'trainee', 'volunteer')),
    call_name TEXT NOT NULL,
    prefix    TEXT NOT NULL,
    surname   TEXT NOT NULL,
    phone     TEXT NOT NULL,
    email     TEXT NOT NULL,
    left_on   TEXT
) STRICT;

CREATE TABLE team_asked (
    member_id TEXT NOT NULL REFERENCES team_member (id),
    purpose   TEXT NOT NULL,
    version   INTEGER NOT NULL,
    asked_on  TEXT NOT NULL,
    PRIMARY KEY (member_id, purpose, asked_on),
    FOREIGN KEY (purpose, version) REFERENCES wording (purpose, version)
) STRICT;

CREATE TABLE team_decision (
    id              TEXT PRIMARY KEY NOT NULL,
    member_id       TEXT NOT NULL REFERENCES team_member (id),
    purpose         TEXT NOT NULL,
    version         INTEGER NOT NULL,
    choice          TEXT NOT NULL CHECK (choice IN ('granted', 'refused', 'withdrawn')),
    decided_on      TEXT NOT NULL,
    valid_from      TEXT,
    valid_until     TEXT,
    way             TEXT NOT NULL CHECK (way IN ('paper_form', 'desk', 'phone', 'letter', 'e_mail')),
    recorded_at     TEXT NOT NULL,
    recorded_by     TEXT NOT NULL REFERENCES staff (id),
    invalidated_at  TEXT,
    invalidated_by  TEXT REFERENCES staff (id),
    invalidated_why TEXT,
    FOREIGN KEY (purpose, version) REFERENCES wording (purpose, version)
) STRICT;
CREATE INDEX team_decision_member ON team_decision (member_id, purpose);

CREATE TRIGGER team_decision_is_never_deleted BEFORE DELETE ON team_decision
BEGIN SELECT RAISE(ABORT, 'a decision stays in the history'); END;

CREATE TRIGGER team_decision_is_only_invalidated BEFORE UPDATE OF
    id, member_id, purpose, version, choice, decided_on, valid_from, valid_until, way,
    recorded_at, recorded_by ON team_decision
BEGIN SELECT RAISE(ABORT, 'a decision stays in the history'); END;

-- Schools to which children move; the list remembers them.
CREATE TABLE okr_school (
    id    TEXT PRIMARY KEY NOT NULL,
    name  TEXT NOT NULL,
    brin  TEXT NOT NULL,
    place TEXT NOT NULL,
    UNIQUE (name, place)
) STRICT;

-- A child that moves to another school, with its report (OKR, WPO 42).
CREATE TABLE okr_move (
    id           TEXT PRIMARY KEY NOT NULL,
    pupil_id     TEXT NOT NULL REFERENCES pupil (id),
    school_year  INTEGER NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('vo', 'po', 'so', 'abroad')),
    school_id    TEXT REFERENCES okr_school (id),
    expected_on  TEXT,
    made_on      TEXT NOT NULL,
    made_by      TEXT NOT NULL REFERENCES staff (id),
    cancelled_on TEXT,
    sent_on      TEXT,
    sent_how     TEXT CHECK (sent_how IN ('oso', 'paper')),
    sent_by      TEXT REFERENCES staff (id),
    CHECK ((sent_on IS NULL) = (sent_how IS NULL) AND (sent_on IS NULL) = (sent_by IS NULL)),
    CHECK (sent_on IS NULL OR (school_id IS NOT NULL AND cancelled_on IS NULL))
) STRICT;
CREATE INDEX okr_move_pupil ON okr_move (pupil_id);
CREATE UNIQUE INDEX okr_move_one_is_open ON okr_move (pupil_id)
    WHERE sent_on IS NULL AND cancelled_on IS NULL;

-- The versions of a report: of which day, and made by whom.
CREATE TABLE okr_report (
    move_id   TEXT NOT NULL REFERENCES okr_move (id),
    version   INTEGER NOT NULL CHECK (version > 0),
    report_on TEXT NOT NULL,
    made_by   TEXT NOT NULL REFERENCES staff (id),
    PRIMARY KEY (move_id, version)
) STRICT;

-- What is in a version: only what may be exchanged, with the reason where it is sensitive.
CREATE TABLE okr_category (
    move_id  TEXT NOT NULL,
    version  INTEGER NOT NULL,
    category TEXT NOT NULL
             CHECK (category IN ('administrative', 'results', 'social', 'support', 'absence')),
    reason   TEXT NOT NULL,
    PRIMARY KEY (move_id, version, category),
    FOREIGN KEY (move_id, version) REFERENCES okr_report (move_id, version)
) STRICT;

-- What was done for a guardian about one version. guardian_id is NULL where nobody is known.
CREATE TABLE okr_step (
    id          TEXT PRIMARY KEY NOT NULL,
    move_id     TEXT NOT NULL,
    version     INTEGER NOT NULL,
    guardian_id TEXT REFERENCES guardian (id),
    kind        TEXT NOT NULL CHECK (kind IN ('invited', 'attempt', 'inzage', 'copy', 'excused')),
    done_on     TEXT NOT NULL,
    how         TEXT NOT NULL,
    note        TEXT NOT NULL,
    staff       TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT NOT NULL REFERENCES staff (id),
    FOREIGN KEY (move_id, version) REFERENCES okr_report (move_id, version),
    CHECK (guardian_id IS NOT NULL OR kind = 'excused'),
    CHECK ((kind = 'inzage') = (how IN ('letter', 'conversation', 'date', 'las'))),
    CHECK ((kind = 'excused') = (how IN ('no_response', 'declined', 'not_possible'))),
    CHECK (kind <> 'excused' OR note <> '')
) STRICT;
CREATE INDEX okr_step_move ON okr_step (move_id, version);
CREATE INDEX okr_step_guardian ON okr_step (guardian_id);

-- What a guardian said of the report: a remark (zienswijze), or a fact that is wrong.
CREATE TABLE okr_remark (
    id          TEXT PRIMARY KEY NOT NULL,
    move_id     TEXT NOT NULL REFERENCES okr_move (id),
    guardian_id TEXT NOT NULL REFERENCES guardian (id),
    kind        TEXT NOT NULL CHECK (kind IN ('remark', 'correction')),
    said_on     TEXT NOT NULL,
    body        TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT NOT NULL REFERENCES staff (id),
    outcome     TEXT CHECK (outcome IN ('added', 'corrected', 'declined')),
    settled_on  TEXT,
    settled_by  TEXT REFERENCES staff (id),
    answer      TEXT NOT NULL,
    CHECK ((outcome IS NULL) = (settled_on IS NULL) AND (outcome IS NULL) = (settled_by IS NULL)),
    CHECK (outcome IS NULL OR (kind = 'remark') = (outcome = 'added')),
    CHECK (outcome IS NULL OR outcome <> 'declined' OR answer <> '')
) STRICT;
CREATE INDEX okr_remark_move ON okr_remark (move_id);
CREATE INDEX okr_remark_guardian ON okr_remark (guardian_id);

-- The scan of a signed letter, or the report of a conversation.
CREATE TABLE okr_evidence (
    id            TEXT PRIMARY KEY NOT NULL,
    move_id       TEXT NOT NULL REFERENCES okr_move (id),
    guardian_id   TEXT REFERENCES guardian (id),
    attachment_id TEXT NOT NULL REFERENCES attachment (id),
    about         TEXT NOT NULL,
    added_on      TEXT NOT NULL,
    added_by      TEXT NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX okr_evidence_move ON okr_evidence (move_id);

-- What was exchanged with a samenwerkingsverband: one child, why, and when.
CREATE TABLE okr_exchange (
    id           TEXT PRIMARY KEY NOT NULL,
    pupil_id     TEXT NOT NULL REFERENCES pupil (id),
    party        TEXT NOT NULL,
    what         TEXT NOT NULL,
    why          TEXT NOT NULL,
    exchanged_on TEXT NOT NULL,
    recorded_at  TEXT NOT NULL,
    recorded_by  TEXT NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX okr_exchange_pupil ON okr_exchange (pupil_id);

-- A company whose products get data of the children.
CREATE TABLE supplier (
    id        TEXT PRIMARY KEY NOT NULL,
    name      TEXT NOT NULL CHECK (name <> ''),
    convenant TEXT NOT NULL CHECK (convenant IN ('', 'yes', 'no')),
    contact   TEXT NOT NULL,
    email     TEXT NOT NULL,
    phone     TEXT NOT NULL,
    address   TEXT NOT NULL,
    website   TEXT NOT NULL,
    remark    TEXT NOT NULL
) STRICT;

-- What the school uses of it.
CREATE TABLE supplier_product (
    id            TEXT PRIMARY KEY NOT NULL,
    supplier_id   TEXT NOT NULL REFERENCES supplier (id),
    name          TEXT NOT NULL CHECK (name <> ''),
    kind          TEXT NOT NULL,
    used_for      TEXT NOT NULL,
    used_by       TEXT NOT NULL,
    since         TEXT,
    sensitive     TEXT NOT NULL CHECK (sensitive IN ('', 'yes', 'no')),
    dpia          TEXT NOT NULL CHECK (dpia IN ('', 'not_needed', 'needed', 'done')),
    dpia_on       TEXT,
    dpia_why      TEXT NOT NULL,
    pseudonym     TEXT NOT NULL CHECK (pseudonym IN ('', 'yes', 'no')),
    pseudonym_why TEXT NOT NULL,
    last_day      TEXT,
    stopped_why   TEXT NOT NULL,
    deleted_on    TEXT,
    deleted_how   TEXT NOT NULL,
    made_on       TEXT NOT NULL,
    made_by       TEXT NOT NULL REFERENCES staff (id),
    CHECK (deleted_on IS NULL OR (last_day IS NOT NULL AND deleted_how <> '')),
    CHECK ((dpia = 'done') = (dpia_on IS NOT NULL))
) STRICT;
CREATE INDEX supplier_product_supplier ON supplier_product (supplier_id);

-- The five vuistregels of a product, as far as they were answered.
CREATE TABLE supplier_basic (
    product_id TEXT NOT NULL REFERENCES supplier_product (id),
    basic      TEXT NOT NULL CHECK (basic IN ('purpose', 'ground', 'minimal', 'open', 'correct')),
    answer     TEXT NOT NULL CHECK (answer IN ('', 'yes', 'no')),
    note       TEXT NOT NULL,
    PRIMARY KEY (product_id, basic)
) STRICT;

-- Processing agreements. What was signed is replaced or ended, never overwritten.
CREATE TABLE supplier_agreement (
    id                 TEXT PRIMARY KEY NOT NULL,
    supplier_id        TEXT NOT NULL REFERENCES supplier (id),
    model              TEXT NOT NULL CHECK (model IN ('model_4', 'model_3', 'supplier', 'own')),
    version            TEXT NOT NULL,
    begins_on          TEXT NOT NULL,
    ends_on            TEXT,
    school_signed_on   TEXT,
    school_signed_by   TEXT NOT NULL,
    supplier_signed_on TEXT,
    supplier_signed_by TEXT NOT NULL,
    reviewed_on        TEXT,
    replaces           TEXT REFERENCES supplier_agreement (id),
    last_day           TEXT,
    ended_why          TEXT NOT NULL,
    mistake            TEXT NOT NULL,
    recorded_on        TEXT NOT NULL,
    recorded_by        TEXT NOT NULL REFERENCES staff (id),
    CHECK (ends_on IS NULL OR ends_on >= begins_on),
    CHECK ((school_signed_on IS NULL) = (school_signed_by = '')),
    CHECK ((supplier_signed_on IS NULL) = (supplier_signed_by = ''))
) STRICT;
CREATE INDEX supplier_agreement_supplier ON supplier_agreement (supplier_id);

-- What an agreement covers.
CREATE TABLE supplier_agreement_product (
    agreement_id TEXT NOT NULL REFERENCES supplier_agreement (id),
    product_id   TEXT NOT NULL REFERENCES supplier_product (id),
    PRIMARY KEY (agreement_id, product_id)
) STRICT;
CREATE INDEX supplier_agreement_product_product ON supplier_agreement_product (product_id);

-- Privacybijsluiters, in versions: which data, what for, where and how long.
CREATE TABLE supplier_bijsluiter (
    id          TEXT PRIMARY KEY NOT NULL,
    product_id  TEXT NOT NULL REFERENCES supplier_product (id),
    version     TEXT NOT NULL,
    issued_on   TEXT NOT NULL,
    description TEXT NOT NULL,
    retention   TEXT NOT NULL,
    recorded_on TEXT NOT NULL,
    recorded_by TEXT NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX supplier_bijsluiter_product ON supplier_bijsluiter (product_id);

-- Its lists, in order: services, options (ticked or not), purposes, of whom, and places.
CREATE TABLE supplier_bijsluiter_line (
    bijsluiter_id TEXT NOT NULL REFERENCES supplier_bijsluiter (id),
    kind          TEXT NOT NULL CHECK (kind IN ('service', 'option', 'purpose', 'subject', 'place')),
    number        INTEGER NOT NULL CHECK (number > 0),
    line          TEXT NOT NULL,
    ticked        INTEGER NOT NULL CHECK (ticked IN (0, 1)),
    safeguard     TEXT NOT NULL,
    PRIMARY KEY (bijsluiter_id, kind, number)
) STRICT;

-- The data it names: of the standard services (option 0) or of an option.
CREATE TABLE supplier_bijsluiter_data (
    bijsluiter_id TEXT NOT NULL REFERENCES supplier_bijsluiter (id),
    option        INTEGER NOT NULL CHECK (option >= 0),
    number        INTEGER NOT NULL CHECK (number > 0),
    category      TEXT NOT NULL,
    detail        TEXT NOT NULL,
    PRIMARY KEY (bijsluiter_id, option, number)
) STRICT;

-- Whom the supplier lets work with the data.
CREATE TABLE supplier_sub_processor (
    bijsluiter_id TEXT NOT NULL REFERENCES supplier_bijsluiter (id),
    number        INTEGER NOT NULL CHECK (number > 0),
    name          TEXT NOT NULL,
    task          TEXT NOT NULL,
    country       TEXT NOT NULL,
    safeguard     TEXT NOT NULL,
    PRIMARY KEY (bijsluiter_id, number)
) STRICT;

-- Beveiligingsbijlagen, in versions: how the data are kept safe.
CREATE TABLE supplier_annex (
    id              TEXT PRIMARY KEY NOT NULL,
    product_id      TEXT NOT NULL REFERENCES supplier_product (id),
    version         TEXT NOT NULL,
    issued_on       TEXT NOT NULL,
    measures        TEXT NOT NULL,
    availability    TEXT NOT NULL CHECK (availability IN ('', 'low', 'middle', 'high')),
    integrity       TEXT NOT NULL CHECK (integrity IN ('', 'low', 'middle', 'high')),
    confidentiality TEXT NOT NULL CHECK (confidentiality IN ('', 'low', 'middle', 'high')),
    audit           TEXT NOT NULL,
    breach_contact  TEXT NOT NULL,
    breach_hours    INTEGER CHECK (breach_hours > 0),
    recorded_on     TEXT NOT NULL,
    recorded_by     TEXT NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX supplier_annex_product ON supplier_annex (product_id);

-- The certificates it names.
CREATE TABLE supplier_certificate (
    annex_id TEXT NOT NULL REFERENCES supplier_annex (id),
    number   INTEGER NOT NULL CHECK (number > 0),
    name     TEXT NOT NULL,
    ends_on  TEXT,
    PRIMARY KEY (annex_id, number)
) STRICT;

-- Scans of signed papers and confirmations; of one product, or of all of a supplier.
CREATE TABLE supplier_evidence (
    id            TEXT PRIMARY KEY NOT NULL,
    supplier_id   TEXT NOT NULL REFERENCES supplier (id),
    product_id    TEXT REFERENCES supplier_product (id),
    paper         TEXT NOT NULL
                  CHECK (paper IN ('agreement', 'bijsluiter', 'annex', 'dpia', 'deletion', 'other')),
    attachment_id TEXT NOT NULL REFERENCES attachment (id),
    about         TEXT NOT NULL,
    added_on      TEXT NOT NULL,
    added_by      TEXT NOT NULL REFERENCES staff (id)
) STRICT;
CREATE INDEX supplier_evidence_supplier ON supplier_evidence (supplier_id);

-- Who gets data and answers for them itself: DUO, the samenwerkingsverband, the next school.
CREATE TABLE recipient (
    id       TEXT PRIMARY KEY NOT NULL,
    name     TEXT NOT NULL CHECK (name <> ''),
    kind     TEXT NOT NULL,
    what     TEXT NOT NULL,
    why      TEXT NOT NULL,
    ground   TEXT NOT NULL,
    since    TEXT,
    last_day TEXT
) STRICT;

-- Where and when the list for parents was put, and what it said of each.
CREATE TABLE supplier_publication (
    id           TEXT PRIMARY KEY NOT NULL,
    published_on TEXT NOT NULL,
    place        TEXT NOT NULL,
    recorded_at  TEXT NOT NULL,
    recorded_by  TEXT NOT NULL REFERENCES staff (id)
) STRICT;
CREATE TABLE supplier_published (
    publication_id TEXT NOT NULL REFERENCES supplier_publication (id),
    of             TEXT NOT NULL,
    said           TEXT NOT NULL,
    PRIMARY KEY (publication_id, of)
) STRICT;

-- A teacher asks for an app, and what the director decided.
CREATE TABLE app_wish (
    id          TEXT PRIMARY KEY NOT NULL,
    asked_by    TEXT NOT NULL,
    asked_on    TEXT NOT NULL,
    app         TEXT NOT NULL CHECK (app <> ''),
    used_for    TEXT NOT NULL,
    used_by     TEXT NOT NULL,
    data        TEXT NOT NULL,
    granted     INTEGER CHECK (granted IN (0, 1)),
    reason      TEXT NOT NULL,
    decided_on  TEXT,
    decided_by  TEXT REFERENCES staff (id),
    product_id  TEXT REFERENCES supplier_product (id),
    CHECK ((granted IS NULL) = (decided_on IS NULL) AND (granted IS NULL) = (decided_by IS NULL)),
    CHECK (granted IS NULL OR reason <> ''),
    CHECK (product_id IS NULL OR granted = 1)
) STRICT;
