//! The files of a new lesson or question, complete but for places that are marked to be filled in.

use crate::files::Files;

/// Returns the files that a new lesson changes.
///
/// # Errors
/// Why there can be none of this id.
pub fn lesson(files: &Files, id: &str) -> Result<Files, String> {
    is_id(id)?;
    if !files
        .between("lessons/", "/lesson.toml")
        .iter()
        .all(|it| *it != id)
    {
        return Err(format!("there is a lesson `{id}` already"));
    }
    let mut new = Files::default();
    let mut put = |path: String, text: &str| new.0.insert(path, text.replace("{id}", id));
    put(
        format!("lessons/{id}/lesson.toml"),
        include_str!("skeleton/lesson.toml"),
    );
    put(
        format!("lessons/{id}/en.md"),
        include_str!("skeleton/lesson.en.md"),
    );
    put(
        format!("lessons/{id}/ko.md"),
        include_str!("skeleton/lesson.ko.md"),
    );
    let order = files.text("order.toml").unwrap_or_default();
    if !order.contains(&format!("\"{id}\"")) {
        let last = format!("  \"{id}\",\n]\n");
        put("order.toml".to_owned(), &order.replacen("]\n", &last, 1));
    }
    Ok(new)
}

/// Returns the files that a new question changes, and those of its topic where it is new, too.
///
/// # Errors
/// Why there can be none of this id.
pub fn question(files: &Files, topic: &str, id: &str) -> Result<Files, String> {
    is_id(topic)?;
    is_id(id)?;
    let is_taken = |(path, text): (&String, &String)| {
        path.starts_with("questions/") && text.contains(&format!("\nid = \"{id}\"\n"))
    };
    if files.0.iter().any(is_taken) {
        return Err(format!("there is a question `{id}` already"));
    }
    let mut new = Files::default();
    for (end, start, text) in [
        ("toml", "", include_str!("skeleton/question.toml")),
        (
            "en.md",
            "# TODO title of the topic\n",
            include_str!("skeleton/question.en.md"),
        ),
        (
            "ko.md",
            "# TODO 주제의 제목\n",
            include_str!("skeleton/question.ko.md"),
        ),
    ] {
        let path = format!("questions/{topic}.{end}");
        let before = files.text(&path).unwrap_or(start);
        let gap = if before.is_empty() { "" } else { "\n" };
        new.0
            .insert(path, format!("{before}{gap}{}", text.replace("{id}", id)));
    }
    let order = files.text("order.toml").unwrap_or_default();
    if !order.contains(&format!("\"{topic}\"")) {
        let (before, _) = order.rsplit_once(']').unwrap_or((order, ""));
        new.0.insert(
            "order.toml".to_owned(),
            format!("{before}  \"{topic}\",\n]\n"),
        );
    }
    Ok(new)
}

fn is_id(id: &str) -> Result<(), String> {
    let is_right = id.starts_with(|c: char| c.is_ascii_lowercase())
        && id
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if is_right {
        return Ok(());
    }
    Err(format!(
        "`{id}` is no id: small letters, digits and hyphens, a letter first"
    ))
}
