-- migration 2026-01-12 reports
-- Form (mall): a Word document that an organisation writes its reports in, in base64. A changed one is a new version.
create table report_form (
  id        text primary key,
  owner_id  text not null references organisation (id),
  name      text not null,
  version   bigint not null,
  docx      text not null,
  sha256    text not null,
  added_at  timestamp not null,
  added_by  text not null,
  unique (owner_id, name, version)
);

-- Report (rapport): an intervention's figures for a period, in a form. A draft until frozen_at: then it never changes.
-- form_id is one of report_form, or names a form that comes with Stafett.
create table report (
  id               text primary key,
  owner_id         text not null references organisation (id),
  intervention_id  text not null references intervention (id),
  form_id          text not null,
  title            text not null,
  author           text not null,
  from_on          date not null,
  to_on            date not null,
  audience         text not null check (audience in ('public', 'unit')),
  created_at       timestamp not null,
  created_by       text not null,
  changed_at       timestamp not null,
  frozen_at        timestamp
);
create index report_by_owner on report (owner_id, changed_at);
create index report_by_intervention on report (intervention_id, frozen_at);

-- What people have written in it, by the form's name for the place: text.sammanfattning.
create table report_text (
  report_id   text not null references report (id),
  field       text not null,
  text        text not null,
  changed_at  timestamp not null,
  changed_by  text not null,
  primary key (report_id, field)
);

-- A frozen report as it was: its form and Word file in base64, everything that was filled in as JSON, and the PDF (base64,
-- empty until someone has asked for it).
create table report_frozen (
  report_id    text primary key references report (id),
  form         text not null,
  filled_with  text not null,
  docx         text not null,
  sha256       text not null,
  pdf          text not null
);
